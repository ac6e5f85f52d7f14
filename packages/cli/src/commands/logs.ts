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
        const job = yield* store.get(yield* findJobOrNewest(text))
        const events = yield* store.events(job.id)
        const { diagnostics, workerLog } = dirs.job(job.id)
        const pictures = yield* picturesIn(diagnostics)
        if (json) {
          const shown = events.map((event) => ({ ...event, at: DateTime.formatIso(event.at) }))
          return yield* screen.json({ job: jobView(job), events: shown, workerLog, diagnostics, pictures })
        }
        const start = DateTime.toEpochMillis(job.createdAt)
        yield* screen.print(events.map((event) => line(event, start)).join("\n"))
        yield* screen.note(`worker log:   ${workerLog}`)
        for (const { files, folder } of pictures) {
          yield* screen.note(`diagnostics:  ${folder} (${files.map(sanitiseLine).join(", ")})`)
        }
      }))
    })
  )
)

/** The folders of what was seen when a step failed, in the order of their making, with what each holds. */
const picturesIn = Effect.fnUntraced(function*(diagnostics: string) {
  const files = yield* FileSystem.FileSystem
  const listed = (folder: string) => Effect.orElseSucceed(files.readDirectory(folder), (): Array<string> => [])
  const names = yield* listed(diagnostics)
  return yield* Effect.forEach(names.toSorted(), (name) => {
    const folder = `${diagnostics}/${name}`
    return Effect.map(listed(folder), (inside) => ({ folder, files: inside.toSorted() }))
  })
})

/** With the seconds since the job was made, so that the slow step shows. */
const line = ({ at, kind, message, source }: JobEvent, startMs: number): string => {
  const seconds = ((DateTime.toEpochMillis(at) - startMs) / 1000).toFixed(1)
  return `${DateTime.formatIso(at)} ${`+${seconds}s`.padStart(9)}  ${source.padEnd(9)}  ${kind.padEnd(8)}  ${
    sanitiseLine(message)
  }`
}
