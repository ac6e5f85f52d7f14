import { assert, describe, it } from "@effect/vitest"
import { Effect, FileSystem, Layer, Path, Schema, Stream } from "effect"
import * as AiError from "effect/ai/AiError"
import * as LanguageModel from "effect/ai/LanguageModel"
import * as Prompt from "effect/ai/Prompt"
import * as ResponseIdTracker from "effect/ai/ResponseIdTracker"
import * as Tool from "effect/ai/Tool"
import * as Toolkit from "effect/ai/Toolkit"
import { TestClock } from "effect/testing"
import { oracleError } from "../../src/error/OracleError.ts"
import { failureOf } from "../../src/library/AiFailure.ts"
import { Oracle } from "../../src/Oracle.ts"
import * as OracleLanguageModel from "../../src/OracleLanguageModel.ts"
import { oracleBench } from "../oracle/support/OracleBench.ts"

const modelBench = () => {
  const parts = oracleBench()
  const layer = OracleLanguageModel.layer({
    cwd: "/home/person/project",
    site: "practice",
    preset: "current"
  }).pipe(
    Layer.provideMerge(parts.layer),
    Layer.provideMerge(Layer.merge(FileSystem.layerNoop({}), Path.layer))
  )
  return { ...parts, layer }
}

/** Lets time pass until the effect is through. */
const passing = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.raceFirst(effect, Effect.forever(Effect.andThen(TestClock.adjust("200 millis"), Effect.yieldNow)))

describe("a language model over a site", () => {
  it.effect("answers with the Markdown of one job and names the job", () => {
    const parts = modelBench()
    return Effect.gen(function*() {
      const response = yield* passing(LanguageModel.generateText({ prompt: "Why?" }))
      const [job] = (yield* (yield* Oracle).list({})).jobs
      assert.strictEqual(response.text, "# The answer")
      assert.deepStrictEqual(parts.site.sends, ["Why?"])
      const metadata = response.content.find(({ type }) => type === "response-metadata")
      assert.deepInclude(metadata, { id: job?.id })
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("streams the whole answer once it is whole", () => {
    const parts = modelBench()
    return Effect.gen(function*() {
      const deltas = yield* passing(
        LanguageModel.streamText({ prompt: "Why?" }).pipe(
          Stream.filter((part) => part.type === "text-delta"),
          Stream.runCollect
        )
      )
      assert.deepStrictEqual(deltas.map(({ delta }) => delta), ["# The answer"])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("sends several messages as one text that tells them apart", () => {
    const parts = modelBench()
    return Effect.gen(function*() {
      yield* passing(LanguageModel.generateText({
        prompt: [
          { role: "system", content: "Be brief." },
          { role: "user", content: "Why?" },
          { role: "assistant", content: "Because." },
          { role: "user", content: "Really?" }
        ]
      }))
      assert.deepStrictEqual(parts.site.sends, [
        "# Instructions\n\nBe brief.\n\n# Question\n\nWhy?\n\n# Your earlier answer\n\nBecause.\n\n# Question\n\nReally?"
      ])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("asks for an object by its schema and reads it out of the answer", () => {
    const parts = modelBench()
    parts.site.answer = {
      ...parts.site.answer,
      markdown: "Here it is:\n\n```json\n{ \"lines\": 12 }\n```\n\n```sh\nls\n```"
    }
    return Effect.gen(function*() {
      const { value } = yield* passing(LanguageModel.generateObject({
        prompt: "How long is it?",
        schema: Schema.Struct({ lines: Schema.Int }),
        objectName: "length"
      }))
      assert.deepStrictEqual(value, { lines: 12 })
      assert.match(
        parts.site.sends[0] ?? "",
        /^How long is it\?\n\nAnswer with one JSON value named length,[^]*"lines"/
      )
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("fails as invalid output when the answer is not the object that was asked for", () => {
    const parts = modelBench()
    return Effect.gen(function*() {
      const error = yield* Effect.flip(passing(LanguageModel.generateObject({
        prompt: "How long is it?",
        schema: Schema.Struct({ lines: Schema.Int })
      })))
      assert.isTrue(AiError.isAiError(error))
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("follows up in the same conversation with the new words alone", () => {
    const parts = modelBench()
    return Effect.gen(function*() {
      const first = yield* passing(LanguageModel.generateText({ prompt: firstPrompt }))
      const second = Prompt.concat(firstPrompt, Prompt.fromResponseParts(first.content))
      yield* passing(LanguageModel.generateText({ prompt: Prompt.concat(second, "And why now?") }))
      const jobs = (yield* (yield* Oracle).list({})).jobs.toSorted((a, b) => a.id < b.id ? -1 : 1)
      assert.deepStrictEqual(parts.site.sends, ["Why?", "And why now?"])
      assert.strictEqual(jobs[1]?.followUpToJobId, jobs[0]?.id)
      assert.strictEqual(jobs[1]?.conversationId, jobs[0]?.conversationId)
    }).pipe(Effect.provide(Layer.provideMerge(tracker, parts.layer)))
  })

  it.effect("refuses what a chat site cannot do before anything is sent", () => {
    const parts = modelBench()
    return Effect.gen(function*() {
      const picture = Prompt.make([{
        role: "user",
        content: [{ type: "file", mediaType: "image/png", data: new Uint8Array([1]) }]
      }])
      const errors = yield* Effect.all([
        Effect.flip(passing(LanguageModel.generateText({ prompt: "Why?", toolkit, toolChoice: "required" }))),
        Effect.flip(passing(LanguageModel.generateText({ prompt: picture }))),
        Effect.flip(passing(LanguageModel.generateText({ prompt: " " })))
      ])
      assert.deepStrictEqual(errors.map(({ reason }) => reason._tag), Array(3).fill("InvalidUserInputError"))
      assert.deepStrictEqual(parts.site.sends, [])
    }).pipe(Effect.provide(Layer.merge(parts.layer, toolkit.toLayer({ Dice: () => Effect.succeed(4) }))))
  })

  it("keeps the code, and takes only what will pass for retryable", () => {
    const reasons = (["login_required", "rate_limited", "usage_limit_reached", "completion_timeout", "outage"] as const)
      .map((code) => failureOf("generateText", oracleError(code, "detail")))
    assert.deepStrictEqual(reasons.map(({ reason }) => reason._tag), [
      "AuthenticationError",
      "RateLimitError",
      "QuotaExhaustedError",
      "UnknownError",
      "InternalProviderError"
    ])
    for (const code of ["response_failed", "extraction_failed", "completion_timeout", "upload_failed"] as const) {
      assert.isFalse(failureOf("generateText", oracleError(code, "detail")).isRetryable, code)
    }
    const unknown = failureOf("generateText", oracleError("send_outcome_unknown", "detail"))
    assert.isFalse(unknown.isRetryable)
    assert.include(unknown.message, "send_outcome_unknown: detail")
  })
})

const toolkit = Toolkit.make(Tool.make("Dice", { success: Schema.Int }))
const firstPrompt = Prompt.make("Why?")
const tracker = Layer.effect(ResponseIdTracker.ResponseIdTracker, ResponseIdTracker.make)
