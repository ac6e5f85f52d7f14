/** `oracle logs`: the history of a job. */
import type { JobEvent } from "@effect-oracle/core/domain/JobEvent"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { withStore } from "../graph/withStore.ts"
import { findJobOrNewest, jobArgument } from "../input/JobArgument.ts"
import { Json } from "../input/Json.ts"
import { jobView } from "../render/JobView.ts"
import { Screen } from "../render/Screen.ts"

export const logs = Command.make("logs", {
  job: jobArgument.pipe(
    Argument.withDescription("Id of the job (default: the newest of this project)"),
    Argument.optional
  )
}).pipe(
  Command.withDescription("Print the history of a job and where its logs and diagnostics lie."),
  Command.withShortDescription("Print the history of a job"),
  Command.withExamples([{
    command: "oracle logs 4f2a91c07e33",
    description: "What happened to this job, step by step"
  }]),
  Command.withHandler(
    Effect.fn("oracle.logs")(function*({ job: text }) {
      const json = yield* Json
      yield* withStore(Effect.gen(function*() {
        const screen = yield* Screen
        const store = yield* JobStore
        const dirs = yield* StateDirs
        const files = yield* FileSystem.FileSystem
        const job = yield* store.get(yield* findJobOrNewest(text))
        const events = yield* store.events(job.id)
        const { diagnostics, workerLog } = dirs.job(job.id)
        if (json) {
          const shown = events.map((event) => ({ ...event, at: DateTime.formatIso(event.at) }))
          return yield* screen.json({ job: jobView(job), events: shown, workerLog, diagnostics })
        }
        yield* screen.print(events.map(line).join("\n"))
        yield* screen.note(`worker log:   ${workerLog}`)
        const found = yield* Effect.orElseSucceed(files.readDirectory(diagnostics), (): Array<string> => [])
        if (found.length > 0) yield* screen.note(`diagnostics:  ${diagnostics}`)
      }))
    })
  )
)

const line = ({ at, kind, message, source }: JobEvent): string =>
  `${DateTime.formatIso(at)}  ${source.padEnd(9)}  ${kind.padEnd(8)}  ${sanitiseLine(message)}`
