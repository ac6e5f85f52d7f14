/** `oracle search`: finds words in the prompts and answers of earlier jobs. */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { ago, plural } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { withStore } from "../graph/withStore.ts"
import { project } from "../input/Here.ts"
import { Json } from "../input/Json.ts"
import { withLive } from "../render/Live.ts"
import { Screen, type Style } from "../render/Screen.ts"
import type { Found } from "../search/searchJobs.ts"
import { splitAt } from "../search/Words.ts"

const defaultLimit = 20

export const search = Command.make("search", {
  words: Argument.String("word").pipe(
    Argument.withDescription("Words that must all stand in one prompt or answer, in any case"),
    Argument.variadic({ min: 1 })
  ),
  allProjects: Flag.Boolean("all-projects").pipe(
    Flag.withDescription("Search the jobs of all projects (default: only this one)"),
    Flag.withDefault(false)
  ),
  limit: Flag.Int("limit").pipe(
    Flag.withMetavar("number"),
    Flag.withDescription(`Lines at most, of the newest jobs first (default: ${defaultLimit})`),
    Flag.filter((value) => value > 0, () => "a number above 0"),
    Flag.withDefault(defaultLimit)
  )
}).pipe(
  Command.withDescription("Find words in the prompts and answers of earlier jobs, the newest jobs first."),
  Command.withShortDescription("Find words in past prompts and answers"),
  Command.withExamples([
    { command: "oracle search cache invalidation", description: "Lines of prompts and answers that hold both words" },
    { command: "oracle search lease --all-projects --json", description: "For programs: {matches, searched}" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.search")(function*({ allProjects, limit, words }) {
      const json = yield* Json
      if (words.every((word) => word.trim() === "")) {
        return yield* oracleError("usage_error", "there is no word to find")
      }
      const { searchJobs } = yield* Effect.promise(() => import("../search/searchJobs.ts"))
      yield* withStore(Effect.gen(function*() {
        const screen = yield* Screen
        const scope = allProjects ? {} : { projectId: yield* project }
        const looking = Effect.succeed({ words: "looking through prompts and answers" })
        const { matches, searched } = yield* withLive(looking, searchJobs({ words, limit, ...scope }))
        if (json) return yield* screen.json({ matches: matches.map(view), searched })
        yield* show(matches, words)
        yield* screen.note(
          matches.length === limit
            ? `the first ${plural(limit, "line")}; --limit shows more`
            : `${plural(matches.length, "line")} found in ${plural(searched, "job")}`
        )
      }))
    })
  )
)

const view = ({ in: where, job, line, text }: Found) => ({
  job: job.id,
  site: job.site,
  createdAt: DateTime.formatIso(job.createdAt),
  status: job.status,
  in: where,
  line,
  text
})

const show = Effect.fnUntraced(function*(matches: ReadonlyArray<Found>, words: ReadonlyArray<string>) {
  const screen = yield* Screen
  const now = DateTime.toEpochMillis(yield* DateTime.now)
  let last = ""
  for (const { in: where, job, line, text } of matches) {
    if (job.id !== last) {
      const age = ago(now - DateTime.toEpochMillis(job.createdAt))
      yield* screen.print(
        `${last === "" ? "" : "\n"}${screen.styleOut("bold", job.id)}  ${job.site}  ${job.status}  ${age}`
      )
      last = job.id
    }
    const found = highlighted(sanitiseLine(text), words, screen.styleOut)
    yield* screen.print(`  ${screen.styleOut("dim", `${where}:${line}`.padEnd(12))}${found}`)
  }
})

const highlighted = (
  text: string,
  words: ReadonlyArray<string>,
  style: (style: Style, text: string) => string
): string => splitAt(text, words).map(({ hit, text }) => hit ? style("yellow", text) : text).join("")
