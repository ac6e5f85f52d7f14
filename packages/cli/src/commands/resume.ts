/** `oracle resume`: the only way out of `failed`, and the way to files that an answer lacks. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { Oracle } from "@effect-oracle/core/Oracle"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { withOracle } from "../graph/withOracle.ts"
import { confirm } from "../input/Ask.ts"
import { findJobId, jobArgument } from "../input/JobArgument.ts"
import { Json } from "../input/Json.ts"
import { jobView } from "../render/JobView.ts"
import { Screen } from "../render/Screen.ts"

export const resume = Command.make("resume", {
  job: jobArgument,
  conversation: Flag.String("conversation").pipe(
    Flag.withMetavar("id|url"),
    Flag.withDescription(
      "The conversation that holds the prompt, where Oracle could not tell whether it was sent (default: the one that it knows)"
    ),
    Flag.optional
  ),
  sendAgain: Flag.Boolean("send-again").pipe(
    Flag.withDescription(
      "Send the prompt a second time: you looked, and it is not on the site (default: never sent again)"
    ),
    Flag.withDefault(false)
  ),
  yes: Flag.Boolean("yes").pipe(
    Flag.withDescription("Do not ask before a second send (default: ask a person; refuse where nobody can be asked)"),
    Flag.withDefault(false)
  )
}).pipe(
  Command.withDescription(
    "Let a failed job go on: on its conversation where the prompt was sent, else from the start. A complete job whose "
      + "files could not all be fetched gets the missing ones."
  ),
  Command.withShortDescription("Let a failed job go on"),
  Command.withExamples([
    { command: "oracle resume 4f2a91c07e33", description: "Go on; then 'oracle wait' waits for the answer" },
    {
      command: "oracle resume 4f2a91c07e33 --conversation https://chatgpt.com/c/...",
      description: "You found the prompt there: take its answer"
    }
  ]),
  Command.withHandler(
    Effect.fn("oracle.resume")(function*({ conversation, job, sendAgain, yes }) {
      const json = yield* Json
      yield* withOracle(Effect.gen(function*() {
        const oracle = yield* Oracle
        const screen = yield* Screen
        const id = yield* findJobId(job)
        if (sendAgain && !yes) yield* agree(yield* oracle.get(id))
        const resumed = yield* oracle.resume(id, {
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

/** A second send is the user's own word: given at the terminal, or with --yes. */
const agree = Effect.fnUntraced(function*({ chatUrl, id, send, site }: Job) {
  if (send.state !== "attempting") return
  const screen = yield* Screen
  if (!screen.interactive) {
    return yield* oracleError("usage_error", "--send-again sends the prompt a second time, and nobody can be asked", {
      step: "look at the site; if the prompt is not there, run the command again with --yes"
    })
  }
  yield* screen.note(
    `It is not known whether ${site} took the prompt. Look at ${
      chatUrl === null ? "its conversations" : sanitiseLine(chatUrl)
    } first.`
  )
  if (yield* confirm("The prompt is not there: send it again?")) return
  return yield* oracleError("submission_declined", "nothing was sent, because you said no", {
    step: `if the prompt is on the site, 'oracle resume ${id} --conversation URL' takes its answer`
  })
})
