/**
 * One question with files, answered in this very process.
 *
 *   node ask.ts "Why does the cache miss after a restart?" 'src/**'
 */
import * as OracleNode from "@effect-oracle/browser/OracleNode"
import * as Question from "@effect-oracle/core/library/Question"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"

const [prompt = "What does this project do?", ...files] = process.argv.slice(2)

const program = Effect.gen(function*() {
  const answer = yield* Question.ask({ prompt, files })
  yield* Console.log(answer.markdown)
  for (const { bytes, name } of answer.artifacts) yield* Console.error(`file: ${name}, ${bytes} bytes`)
})

program.pipe(
  Effect.catchTag("OracleError", (error) => Console.error(`${error.code}: ${error.message}\nnext: ${error.nextStep}`)),
  Effect.provide(OracleNode.layerInProcess),
  NodeRuntime.runMain
)
