/** A chat site as the `LanguageModel` of Effect: an object by its schema, and a chat that stays in one conversation. */
import * as OracleNode from "@effect-oracle/browser/OracleNode"
import * as OracleLanguageModel from "@effect-oracle/core/OracleLanguageModel"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Chat from "effect/ai/Chat"
import * as LanguageModel from "effect/ai/LanguageModel"
import * as ResponseIdTracker from "effect/ai/ResponseIdTracker"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"

const Review = Schema.Struct({
  files: Schema.Array(Schema.Struct({ name: Schema.String, bytes: Schema.Int }))
})

const program = Effect.gen(function*() {
  const review = yield* LanguageModel.generateObject({
    prompt: "Name each file that you received and its size in bytes.",
    schema: Review,
    objectName: "review"
  })
  yield* Console.log(`received ${review.value.files.length} file(s)`)

  const chat = yield* Chat.empty
  const first = yield* chat.generateText({ prompt: "What is the weakest part of it?" })
  yield* Console.log(first.text)
  const second = yield* chat.generateText({ prompt: "How would you mend it?" })
  yield* Console.log(second.text)
})

const tracker = Layer.effect(ResponseIdTracker.ResponseIdTracker, ResponseIdTracker.make)

program.pipe(
  Effect.provide(OracleLanguageModel.layer({ files: ["."] })),
  Effect.provide(Layer.merge(OracleNode.layerInProcess, tracker)),
  NodeRuntime.runMain
)
