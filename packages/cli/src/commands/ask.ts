/** `oracle ask`: submits, shows live progress, prints the answer. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { Json } from "../input/Json.ts"
import { submissionFlags } from "../input/SubmissionFlags.ts"
import { followJob } from "../render/FollowJob.ts"
import { sayThatItGoesOn } from "../render/Interrupted.ts"
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
          const ended = yield* followJob(job).pipe(Effect.onInterrupt(() => sayThatItGoesOn(job, json)))
          yield* showOutcome(ended, json)
        })
      )
    })
  )
)
