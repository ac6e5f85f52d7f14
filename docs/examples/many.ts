/** Several questions at once, each with its own end: the errors are typed, and one of them stops no other. */
import * as OracleNode from "@effect-oracle/browser/OracleNode"
import * as Question from "@effect-oracle/core/library/Question"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"

const questions = [
  { prompt: "Which function is the hardest to test, and why?", files: ["."] },
  { prompt: "Which name misleads its reader?", files: ["."] },
  { prompt: "What does this file do?", files: ["no-such-file.ts"] }
]

const one = (question: Question.Question) =>
  Question.ask(question).pipe(
    Effect.map(({ job, text }) => `answered: ${text.length > 0} in conversation ${job.conversationId !== null}`),
    Effect.catchIf(
      (error) => error._tag === "OracleError" && error.retryable,
      (error) => Effect.succeed(`later: ${error.code}`)
    ),
    Effect.catchTag("OracleError", (error) => Effect.succeed(`not possible: ${error.code}, ${error.nextStep}`))
  )

const program = Effect.forEach(questions, one, { concurrency: "unbounded" }).pipe(
  Effect.flatMap((lines) => Console.log(lines.join("\n")))
)

program.pipe(Effect.provide(OracleNode.layerInProcess), NodeRuntime.runMain)
