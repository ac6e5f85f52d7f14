/**
 * A job in the shared host: it goes on when this program ends. Shows what would leave the machine, then every change.
 *
 *   node progress.ts "Where is the bug?" 'src/**'
 */
import * as OracleNode from "@effect-oracle/browser/OracleNode"
import * as Question from "@effect-oracle/core/library/Question"
import { Oracle } from "@effect-oracle/core/Oracle"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

const [prompt = "What does this project do?", ...files] = process.argv.slice(2)

const program = Effect.gen(function*() {
  const oracle = yield* Oracle
  const plan = yield* oracle.plan(yield* Question.requestOf({ prompt, files, sessionId: "example" }))
  yield* Console.log(`to ${plan.site}: ${plan.selected?.entries.length ?? 0} files, ${plan.selected?.bytes ?? 0} bytes`)

  const { id } = yield* oracle.submit(plan)
  yield* Console.log(`job ${id}`)
  yield* oracle.changes(id).pipe(
    Stream.map(({ phase, progress }) => progress === null ? phase : `${phase}, ${progress.chars} characters`),
    Stream.changes,
    Stream.runForEach(Console.log)
  )

  const { text } = yield* oracle.read(id)
  yield* Console.log(text)
})

program.pipe(Effect.provide(OracleNode.layerHosted), NodeRuntime.runMain)
