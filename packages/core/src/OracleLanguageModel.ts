/** Effect's `LanguageModel` over a chat site: any program that asks a model can ask the oracle. */
import * as LanguageModel from "effect/ai/LanguageModel"
import type * as Response from "effect/ai/Response"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import type * as Path from "effect/Path"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { JobId } from "./domain/Ids.ts"
import { failureOf, refusal } from "./library/AiFailure.ts"
import { formatRequest, jsonOf, textOf } from "./library/AiPrompt.ts"
import { ask, type QuestionOptions } from "./library/Question.ts"
import type { Oracle } from "./Oracle.ts"
import type { StateDirs } from "./store/StateDirs.ts"

const unknownUsage = { inputTokens: {}, outputTokens: {} }

const isJobId = Schema.is(JobId)

const make = Effect.fnUntraced(function*(options: QuestionOptions) {
  const context = yield* Effect.context<Oracle | FileSystem.FileSystem | Path.Path | StateDirs>()

  const answer = Effect.fnUntraced(function*(method: string, request: LanguageModel.ProviderOptions) {
    if (typeof request.toolChoice === "object" || request.toolChoice === "required") {
      return yield* refusal(method, "a chat site calls no tools: toolChoice must be 'auto' or 'none'")
    }
    const earlier = request.previousResponseId
    const follows = isJobId(earlier) && request.incrementalPrompt !== undefined
    const text = textOf(follows ? request.incrementalPrompt : request.prompt)
    if (Result.isFailure(text)) return yield* refusal(method, text.failure)
    return yield* ask({
      ...options,
      ...(follows ? { followUpJobId: earlier } : {}),
      prompt: text.success + formatRequest(request.responseFormat)
    }).pipe(
      Effect.mapError((error) => failureOf(method, error)),
      Effect.provide(context)
    )
  })

  return yield* LanguageModel.make({
    generateText: (request) =>
      Effect.map(answer("generateText", request), ({ job, markdown }): Array<Response.PartEncoded> => [
        { type: "response-metadata", id: job.id, metadata: { oracle: { job: job.id, url: job.chatUrl } } },
        { type: "text", text: request.responseFormat.type === "json" ? jsonOf(markdown) : markdown },
        { type: "finish", reason: "stop", usage: unknownUsage }
      ]),
    streamText: (request) =>
      Stream.unwrap(
        Effect.map(answer("streamText", request), ({ job, markdown }) =>
          Stream.make<ReadonlyArray<Response.StreamPartEncoded>>(
            { type: "response-metadata", id: job.id, metadata: { oracle: { job: job.id, url: job.chatUrl } } },
            { type: "text-start", id: job.id },
            { type: "text-delta", id: job.id, delta: markdown },
            { type: "text-end", id: job.id },
            { type: "finish", reason: "stop", usage: unknownUsage }
          ))
      )
  })
})

/**
 * Each request is one job, so it may last for an hour and more; the response's id is the job's id, and its metadata
 * (`oracle`) names job and conversation. With a `ResponseIdTracker`, later requests of a chat follow up in the same
 * conversation. Objects are asked for by their JSON Schema. A stream brings the whole answer as one delta at its end: a
 * text that may still change is not an answer.
 *
 * Fails as `AuthenticationError` (sign in: `oracle auth`), `RateLimitError`, `QuotaExhaustedError`, `InternalProviderError`
 * (the site is down), `InvalidUserInputError` (a part or option that cannot be sent), else as `UnknownError`; each says the code of the error table and the next step. Nothing is sent twice: a retry is a new job.
 */
export const layer = (
  options: QuestionOptions = {}
): Layer.Layer<
  LanguageModel.LanguageModel,
  never,
  Oracle | FileSystem.FileSystem | Path.Path | StateDirs
> => Layer.effect(LanguageModel.LanguageModel, make(options))
