/** `oracle status`: the jobs of this project, or one job. Opens the store and nothing else. */
import { JobFiles } from "@effect-oracle/core/store/JobFiles"
import type { Listing } from "@effect-oracle/core/store/JobStore"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { plural } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { withStore } from "../graph/withStore.ts"
import { project } from "../input/Here.ts"
import { findJobId, jobArgument } from "../input/JobArgument.ts"
import { Json } from "../input/Json.ts"
import { jobDetails, jobLines } from "../render/JobTable.ts"
import { jobView } from "../render/JobView.ts"
import { Screen } from "../render/Screen.ts"

const defaultLimit = 20

export const status = Command.make("status", {
  job: jobArgument.pipe(
    Argument.withDescription("Id of one job, or enough of it (default: list the jobs of this project)"),
    Argument.optional
  ),
  allProjects: Flag.Boolean("all-projects").pipe(
    Flag.withDescription("List the jobs of all projects (default: only this one)"),
    Flag.withDefault(false)
  ),
  limit: Flag.Int("limit").pipe(
    Flag.withMetavar("number"),
    Flag.withDescription(`List this many jobs, the newest first (default: ${defaultLimit})`),
    Flag.filter((value) => value > 0, () => "a number above 0"),
    Flag.withDefault(defaultLimit)
  )
}).pipe(
  Command.withDescription("List the jobs of this project, the newest first, or show everything about one job."),
  Command.withShortDescription("List jobs, or show one"),
  Command.withExamples([
    { command: "oracle status", description: "Jobs of this project" },
    { command: "oracle status 4f2a91c07e33", description: "Everything about one job" },
    {
      command: "oracle status --all-projects --limit 100 --json",
      description: "For programs: {jobs, quarantined, foreign}"
    }
  ]),
  Command.withHandler(
    Effect.fn("oracle.status")(function*({ allProjects, job, limit }) {
      const json = yield* Json
      yield* withStore(Effect.gen(function*() {
        if (Option.isSome(job)) yield* showOne(job.value, json)
        else yield* showList({ allProjects, limit }, json)
      }))
    })
  )
)

const showOne = Effect.fnUntraced(function*(text: string, json: boolean) {
  const screen = yield* Screen
  const store = yield* JobStore
  const dirs = yield* StateDirs
  const job = yield* store.get(yield* findJobId(text))
  if (json) return yield* screen.json({ job: jobView(job), directory: dirs.job(job.id).directory })
  yield* screen.print(jobDetails(job, yield* DateTime.now, dirs.job(job.id).directory).join("\n"))
})

const showList = Effect.fnUntraced(
  function*({ allProjects, limit }: { readonly allProjects: boolean; readonly limit: number }, json: boolean) {
    const screen = yield* Screen
    const store = yield* JobStore
    const listing = yield* store.list({ limit, ...(allProjects ? {} : { projectId: yield* project }) })
    const foreign = yield* (yield* JobFiles).foreign
    if (json) {
      return yield* screen.json({ jobs: listing.jobs.map(jobView), quarantined: listing.quarantined, foreign })
    }
    const columns = process.stdout.isTTY ? { columns: screen.columns } : {}
    const others = foreign.slice(0, limit).map((folder) => `${sanitiseLine(folder)}  of another tool; left alone`)
    const lines = [...jobLines(listing, yield* DateTime.now, { projects: allProjects, ...columns }), ...others]
    if (lines.length > 0) yield* screen.print(lines.join("\n"))
    const last = yield* closing(listing, allProjects, limit)
    if (last !== "") yield* screen.note(last)
  }
)

const closing = Effect.fnUntraced(function*({ jobs, quarantined }: Listing, allProjects: boolean, limit: number) {
  if (quarantined.length > 0) return `${plural(quarantined.length, "record")} cannot be read; 'oracle doctor' says more`
  if (jobs.length === limit) return `the newest ${limit}; --limit shows more`
  if (jobs.length > 0) return ""
  return allProjects ? "no jobs yet" : `no jobs yet in ${yield* project}; --all-projects lists those of other projects`
})
