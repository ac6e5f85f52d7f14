/** `oracle bug-report`: facts for a report of a defect, without prompts, answers, secrets and names. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { withHostView } from "../graph/withHostView.ts"
import { jobArgument } from "../input/JobArgument.ts"
import { Json } from "../input/Json.ts"
import { withLive } from "../render/Live.ts"
import { Screen } from "../render/Screen.ts"

export const bugReport = Command.make("bug-report", {
  job: jobArgument.pipe(
    Argument.withDescription(
      "Id of the job that went wrong (default: the newest of this project that did not complete)"
    ),
    Argument.optional
  )
}).pipe(
  Command.withDescription(
    "Print what helps to find a defect, as Markdown: versions, checks, the host, and the history of the job. Prompts, answers, "
      + "cookies, secrets, addresses and your name are taken out. Nothing is sent: read it before you post it."
  ),
  Command.withShortDescription("Print a redacted report for a bug"),
  Command.withExamples([
    { command: "oracle bug-report > report.md", description: "About the newest job that did not complete" },
    { command: "oracle bug-report 4f2a91c07e33", description: "About this job" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.bugReport")(function*({ job }) {
      const json = yield* Json
      const screen = yield* Screen
      const { examine } = yield* Effect.promise(() => import("../doctor/examine.ts"))
      const { bugReport: make } = yield* Effect.promise(() => import("../report/bugReport.ts"))
      const making = Effect.flatMap(examine, (findings) => withHostView(make({ job, findings })))
      const report = yield* withLive(Effect.succeed({ words: "gathering facts" }), making)
      if (json) return yield* screen.json({ report })
      yield* screen.print(report)
      yield* screen.note("read it before you post it; nothing was sent")
    })
  )
)
