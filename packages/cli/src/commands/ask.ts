/** `oracle ask`: submits, shows live progress, prints the answer. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { oracleError, viewOf } from "@effect-oracle/core/error/OracleError"
import { Oracle } from "@effect-oracle/core/Oracle"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { Json } from "../input/Json.ts"
import { submissionFlags } from "../input/SubmissionFlags.ts"
import { followJob } from "../render/FollowJob.ts"
import { jobView } from "../render/JobView.ts"
import { showOutcome } from "../render/Outcome.ts"
import { Screen } from "../render/Screen.ts"
import { readInput, submitJob } from "./submission.ts"
import { withSubmission } from "./withSubmission.ts"

export const ask = Command.make("ask", submissionFlags).pipe(
  Command.withDescription(
    "Send a prompt with project files to the site, wait for the answer and print it. Progress is shown on standard "
      + "error. Ctrl-C leaves the job running in the background."
  ),
  Command.withShortDescription("Send a prompt with project files and print the answer"),
  Command.withExamples([
    {
      command: "oracle ask -p \"Why does the cache miss?\" --files 'src/**' --files '!src/gen'",
      description: "Ask about some files"
    },
    {
      command: "oracle ask --prompt-file question.md --files . > answer.md",
      description: "Ask about the whole project, keep the answer"
    },
    {
      command: "git diff | oracle ask --files src --preset thinking_heavy --json",
      description: "Prompt from standard input, one JSON object out"
    }
  ]),
  Command.withHandler(
    Effect.fn("oracle.ask")(function*(flags) {
      const request = yield* readInput(flags)
      const json = yield* Json
      yield* withSubmission(
        request,
        Effect.gen(function*() {
          const screen = yield* Screen
          const job = yield* submitJob(request)
          yield* screen.note(`job: ${job.id}`)
          const ended = yield* followJob(job).pipe(Effect.onInterrupt(() => sayItGoesOn(job, json)))
          yield* showOutcome(ended, json)
        })
      )
    })
  )
)

/** Ctrl-C ends this command only. */
const sayItGoesOn = Effect.fnUntraced(function*(job: Job, json: boolean) {
  const screen = yield* Screen
  yield* screen.status("")
  if (json) {
    const oracle = yield* Oracle
    const now = yield* Effect.orElseSucceed(oracle.get(job.id), () => job)
    const error = viewOf(oracleError("interrupted", "interrupted; the job goes on in the background"), { job: job.id })
    return yield* screen.json({ job: jobView(now), answer: null, error })
  }
  yield* screen.note(`\nThe job goes on in the background.
  come back:  oracle wait ${job.id}
  end it:     oracle cancel ${job.id}`)
})
