/** `oracle submit`: hands a job to the background and returns its id. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { Json } from "../input/Json.ts"
import { submissionFlags } from "../input/SubmissionFlags.ts"
import { jobView } from "../render/JobView.ts"
import { Screen } from "../render/Screen.ts"
import { readInput, submitJob } from "./submission.ts"
import { withSubmission } from "./withSubmission.ts"

export const submit = Command.make("submit", submissionFlags).pipe(
  Command.withDescription(
    "Send a prompt with project files in the background and print the id of the job. 'oracle wait' returns to it."
  ),
  Command.withShortDescription("Send a prompt with project files in the background"),
  Command.withExamples([
    { command: "oracle submit -p \"Review the parser\" --files src/parser", description: "Print the id and return" },
    {
      command: "job=$(oracle submit -p \"And the tests?\" --files test --follow-up 4f2a); oracle wait $job",
      description: "Continue a conversation, then wait"
    }
  ]),
  Command.withHandler(
    Effect.fn("oracle.submit")(function*(flags) {
      const request = yield* readInput(flags)
      const json = yield* Json
      yield* withSubmission(
        request,
        Effect.gen(function*() {
          const screen = yield* Screen
          const job = yield* submitJob(request)
          if (json) return yield* screen.json({ job: jobView(job), error: null })
          yield* screen.note(
            job.status === "queued" ? "queued; it starts when a browser is free" : "started in the background"
          )
          yield* screen.note(`'oracle wait ${job.id}' waits for the answer, 'oracle status' lists the jobs`)
          yield* screen.print(job.id)
        })
      )
    })
  )
)
