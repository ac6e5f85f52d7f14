/** `oracle resume`: the only way out of `failed`. */
import { Oracle } from "@effect-oracle/core/Oracle"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { withOracle } from "../graph/withOracle.ts"
import { findJobId, jobArgument } from "../input/JobArgument.ts"
import { Json } from "../input/Json.ts"
import { jobView } from "../render/JobView.ts"
import { Screen } from "../render/Screen.ts"

export const resume = Command.make("resume", {
  job: jobArgument,
  conversation: Flag.String("conversation").pipe(
    Flag.withMetavar("id|url"),
    Flag.withDescription("The conversation that holds the prompt, where Oracle could not tell whether it was sent"),
    Flag.optional
  ),
  sendAgain: Flag.Boolean("send-again").pipe(
    Flag.withDescription(
      "Send the prompt a second time: you looked, and it is not on the site (default: never sent again)"
    ),
    Flag.withDefault(false)
  )
}).pipe(
  Command.withDescription(
    "Let a failed job go on: on its conversation where the prompt was sent, else from the start."
  ),
  Command.withShortDescription("Let a failed job go on"),
  Command.withExamples([
    { command: "oracle resume 4f2a91c07e33", description: "Go on; then 'oracle wait' waits for the answer" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.resume")(function*({ conversation, job, sendAgain }) {
      const json = yield* Json
      yield* withOracle(Effect.gen(function*() {
        const oracle = yield* Oracle
        const screen = yield* Screen
        const resumed = yield* oracle.resume(yield* findJobId(job), {
          sendAgain,
          ...(Option.isSome(conversation) ? { conversation: conversation.value } : {})
        })
        if (json) return yield* screen.json({ job: jobView(resumed), error: null })
        yield* screen.note(`attempt ${resumed.attempt}; 'oracle wait ${resumed.id}' waits for the answer`)
        yield* screen.print(resumed.id)
      }))
    })
  )
)
