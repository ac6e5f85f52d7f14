/** `oracle clean`: removes ended jobs with their answers and files before their time. */
import { type ErrorView, oracleError } from "@effect-oracle/core/error/OracleError"
import { plural } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import type { RemoteConversation } from "@effect-oracle/core/upkeep/CleanRemote"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { withOracle } from "../graph/withOracle.ts"
import { withStore } from "../graph/withStore.ts"
import { confirm } from "../input/Ask.ts"
import { loadConfig, project } from "../input/Here.ts"
import { findJobId, jobArgument } from "../input/JobArgument.ts"
import { Json } from "../input/Json.ts"
import { Screen } from "../render/Screen.ts"

export const clean = Command.make("clean", {
  job: jobArgument.pipe(Argument.optional),
  all: Flag.Boolean("all").pipe(
    Flag.withDescription("Every ended job of this project (default: the named job alone)"),
    Flag.withDefault(false)
  ),
  allProjects: Flag.Boolean("all-projects").pipe(
    Flag.withDescription("With --all: of every project (default: of this project)"),
    Flag.withDefault(false)
  ),
  remote: Flag.Boolean("remote").pipe(
    Flag.withDescription(
      "Also delete the whole conversation of the named job on the site, first, in a browser of its own (default: it stays)"
    ),
    Flag.withDefault(false)
  ),
  yes: Flag.Boolean("yes").pipe(
    Flag.withDescription(
      "Do not ask before --all or --remote (default: ask a person; refuse where nobody can be asked)"
    ),
    Flag.withDefault(false)
  )
}).pipe(
  Command.withDescription(
    "Remove an ended job: its record, prompt, answer and files. Without this, jobs go by themselves when their retention "
      + "is over. A job that is not ended, or is still being cleaned up, stays. Conversations on the site are touched with --remote only, and never one that another "
      + "job uses."
  ),
  Command.withShortDescription("Remove ended jobs"),
  Command.withExamples([
    { command: "oracle clean 4f2a91c07e33", description: "Remove this job and its answer" },
    {
      command: "oracle clean 4f2a91c07e33 --remote",
      description: "Delete its conversation on the site, prove that, then remove the job"
    },
    { command: "oracle clean --all --yes --json", description: "For programs: {removed, refused, quarantined}" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.clean")(function*({ all, allProjects, job, remote, yes }) {
      if (Option.isSome(job) === all) {
        return yield* oracleError("usage_error", all ? "name a job or say --all, not both" : "there is no job", {
          step: "run 'oracle clean <job>' or 'oracle clean --all'"
        })
      }
      if (remote && all) {
        return yield* oracleError("usage_error", "--remote deletes one conversation at a time", {
          step: "name the job: 'oracle clean <job> --remote'"
        })
      }
      const json = yield* Json
      const screen = yield* Screen
      if (remote && Option.isSome(job)) yield* withOracle(removeRemote(job.value, yes))
      const { clean, cleanAll } = yield* Effect.promise(() => import("@effect-oracle/core/upkeep/Clean"))
      yield* withStore(Effect.gen(function*() {
        if (Option.isSome(job)) {
          const id = yield* findJobId(job.value)
          yield* clean(id)
          if (json) return yield* screen.json({ removed: [id], refused: [], quarantined: [], error: null })
          return yield* screen.print(`removed ${id}`)
        }
        if (!yes) yield* agree(allProjects)
        const report = yield* cleanAll(allProjects ? {} : { projectId: yield* project })
        if (json) return yield* screen.json({ ...report, error: null })
        yield* Effect.forEach(report.refused, ({ error, id }) => screen.note(`kept ${id}: ${reasonOf(error)}`), {
          discard: true
        })
        yield* Effect.forEach(
          report.quarantined,
          (id) => screen.note(`kept ${sanitiseLine(id)}: its record cannot be read; name it to remove it`),
          { discard: true }
        )
        yield* screen.print(`removed ${plural(report.removed.length, "job")}`)
      }))
    })
  )
)

const reasonOf = ({ message, nextStep }: ErrorView): string => sanitiseLine(`${message}; ${nextStep}`)

/** The conversation goes first: when it cannot be deleted, the job stays and knows where it is. */
const removeRemote = Effect.fnUntraced(function*(job: string, yes: boolean) {
  const screen = yield* Screen
  const { deleteRemote, remoteOf } = yield* Effect.promise(() => import("@effect-oracle/core/upkeep/CleanRemote"))
  const found = yield* remoteOf(yield* findJobId(job))
  if (!yes) yield* agreeRemote(found)
  yield* screen.status("deleting the conversation on the site")
  const { config } = yield* loadConfig()
  yield* deleteRemote(found, config).pipe(Effect.ensuring(screen.status("")))
  yield* screen.note(`deleted on ${found.job.site}: ${sanitiseLine(found.thread.url)}`)
})

const agreeRemote = Effect.fnUntraced(
  function*({ hasEarlierTurns, job: { id, site }, thread: { url } }: RemoteConversation) {
    const screen = yield* Screen
    if (!screen.interactive) {
      return yield* oracleError("usage_error", "--remote deletes a conversation for good, and nobody can be asked", {
        step: "run the command again with --yes"
      })
    }
    if (hasEarlierTurns) yield* screen.note("The conversation is older than this job: its other turns go too.")
    if (yield* confirm(`Delete ${sanitiseLine(url)} on ${site} for good, then remove the job?`)) return
    return yield* oracleError("submission_declined", "nothing was deleted, because you said no", {
      step: `'oracle clean ${id}' without --remote removes the job alone`
    })
  }
)

const agree = Effect.fnUntraced(function*(allProjects: boolean) {
  const screen = yield* Screen
  const whose = allProjects ? "every project" : "this project"
  if (!screen.interactive) {
    return yield* oracleError("usage_error", `--all removes the answers of ${whose}, and nobody can be asked`, {
      step: "run the command again with --yes"
    })
  }
  if (yield* confirm(`Remove the ended jobs of ${whose}, with their answers?`)) return
  return yield* oracleError("submission_declined", "nothing was removed, because you said no", {
    step: "'oracle clean <job>' removes one job"
  })
})
