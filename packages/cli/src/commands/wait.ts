/** `oracle wait`: returns to a job and prints its answer when it ends. */
import { Oracle } from "@effect-oracle/core/Oracle"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { withOracle } from "../graph/withOracle.ts"
import { findJobOrNewest, jobArgument } from "../input/JobArgument.ts"
import { Json } from "../input/Json.ts"
import { followJob } from "../render/FollowJob.ts"
import { sayThatItGoesOn, stillOpen } from "../render/Interrupted.ts"
import { showOutcome } from "../render/Outcome.ts"

export const wait = Command.make("wait", {
  job: jobArgument.pipe(
    Argument.withDescription("Id of the job (default: the newest of this project)"),
    Argument.optional
  ),
  timeout: Flag.Finite("timeout").pipe(
    Flag.withMetavar("seconds"),
    Flag.withDescription("Stop waiting after this time; the job goes on (default: wait until the job ends)"),
    Flag.filter((seconds) => seconds > 0, () => "a number of seconds above 0"),
    Flag.optional
  )
}).pipe(
  Command.withDescription("Wait until a job ends and print its answer. The exit code tells how it ended."),
  Command.withShortDescription("Wait for a job and print its answer"),
  Command.withExamples([
    { command: "oracle wait", description: "Wait for the newest job of this project" },
    { command: "oracle wait 4f2a91c07e33 --timeout 600 --json", description: "Wait ten minutes at most" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.wait")(function*({ job, timeout }) {
      const json = yield* Json
      yield* withOracle(Effect.gen(function*() {
        const oracle = yield* Oracle
        const first = yield* oracle.get(yield* findJobOrNewest(job))
        const following = followJob(first)
        const bounded = Option.match(timeout, {
          onNone: () => following,
          onSome: (seconds) =>
            Effect.timeoutOrElse(following, {
              duration: Duration.seconds(seconds),
              orElse: () => stillOpen(first.id, seconds, json)
            })
        })
        const ended = yield* bounded.pipe(Effect.onInterrupt(() => sayThatItGoesOn(first, json)))
        yield* showOutcome(ended, json)
      }))
    })
  )
)
