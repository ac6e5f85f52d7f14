/** `oracle cancel`: ends a job and says what happened. */
import { Oracle } from "@effect-oracle/core/Oracle"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { withOracle } from "../graph/withOracle.ts"
import { findJobId, jobArgument } from "../input/JobArgument.ts"
import { Json } from "../input/Json.ts"
import { cancelOutcome } from "../render/CancelOutcome.ts"
import { jobView } from "../render/JobView.ts"
import { Screen } from "../render/Screen.ts"

export const cancel = Command.make("cancel", {
  job: jobArgument,
  reason: Flag.String("reason").pipe(
    Flag.withDescription("Kept with the job (default: 'cancelled by the user')"),
    Flag.withDefault("cancelled by the user")
  )
}).pipe(
  Command.withDescription(
    "End a queued or running job. Nothing is pressed on the site: where the prompt was already sent, the site may go on "
      + "answering in its conversation."
  ),
  Command.withShortDescription("End a job"),
  Command.withExamples([{ command: "oracle cancel 4f2a91c07e33", description: "End this job" }]),
  Command.withHandler(
    Effect.fn("oracle.cancel")(function*({ job, reason }) {
      const json = yield* Json
      yield* withOracle(Effect.gen(function*() {
        const oracle = yield* Oracle
        const screen = yield* Screen
        const ended = yield* oracle.cancel(yield* findJobId(job), reason)
        if (json) return yield* screen.json({ job: jobView(ended), error: null })
        yield* screen.print(cancelOutcome(ended))
      }))
    })
  )
)
