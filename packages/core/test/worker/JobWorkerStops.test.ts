import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, PubSub } from "effect"
import type { JobPhase } from "../../src/domain/JobPhase.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { type Receipt, Receipts } from "../../src/worker/Receipts.ts"
import { admitted, bench, ended, job, requestCancel, runToEnd, startWorker, until } from "./support/Bench.ts"
import { dirs } from "./support/Fakes.ts"

const phases: ReadonlyArray<JobPhase> = [
  "cloning_runtime",
  "launching_browser",
  "verifying_auth",
  "configuring_model",
  "uploading_archive",
  "sending",
  "awaiting_response",
  "extracting_response",
  "downloading_artifacts"
]

/** Every action takes a moment, so that something else can happen meanwhile. */
const withFiles = () => {
  const parts = bench()
  parts.site.fault = () => Effect.sleep(100)
  parts.site.answer = { ...parts.site.answer, files: [{ key: "1", label: "a", kind: "file" }] }
  return parts
}

/** Runs `then` as soon as the receipt comes. */
const when = Effect.fnUntraced(function*<E, R>(
  matches: (receipt: Receipt) => boolean,
  then: Effect.Effect<unknown, E, R>
) {
  const receipts = yield* (yield* Receipts).subscribe
  return yield* Effect.forkChild(Effect.gen(function*() {
    while (!matches(yield* PubSub.take(receipts))) yield* Effect.void
    return yield* then
  }))
})

const entered = (phase: JobPhase) => (receipt: Receipt) => receipt._tag === "Entered" && receipt.phase === phase

describe("a cancel", () => {
  for (const phase of phases) {
    it.effect(`during ${phase} ends the job as cancelled and gives everything back`, () => {
      const parts = withFiles()
      return Effect.gen(function*() {
        const store = yield* JobStore
        const id = yield* admitted(parts)
        yield* when(entered(phase), requestCancel(id))
        const done = yield* runToEnd(id, 20)
        assert.strictEqual(done.phase, "cancelled")
        assert.isAtMost(parts.site.sends.length, 1)
        assert.strictEqual(parts.site.openBrowsers, 0)
        assert.strictEqual(parts.seeds.runtimes.size, 0)
        assert.deepStrictEqual(yield* store.leases, [])
        assert.isFalse(parts.files.files.has(dirs.job(id).archive("tar.zst")))
        assert.isFalse(done.cleanup.pending)
      }).pipe(Effect.provide(parts.layer))
    })
  }

  it.effect("that comes between the intent and the click waits for the proof", () => {
    const parts = bench()
    return Effect.gen(function*() {
      const id = yield* admitted(parts)
      const clicked = yield* Deferred.make<void>()
      parts.site.fault = (action) =>
        action === "send" ? Effect.andThen(Deferred.succeed(clicked, undefined), Effect.sleep(5000)) : undefined
      yield* Effect.forkChild(Effect.andThen(Deferred.await(clicked), requestCancel(id)))
      const done = yield* runToEnd(id, 50)
      assert.strictEqual(done.phase, "cancelled")
      assert.strictEqual(done.send.state, "confirmed")
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("that comes after the answer is complete changes nothing", () => {
    const parts = bench()
    return Effect.gen(function*() {
      const id = yield* admitted(parts)
      yield* when(entered("complete"), requestCancel(id))
      const done = yield* runToEnd(id, 20)
      assert.strictEqual(done.phase, "complete")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("ends a job that waits for the outside at once", () => {
    const parts = bench()
    return Effect.gen(function*() {
      const id = yield* admitted(parts)
      parts.site.outcome = () => ({
        arrives: false,
        outcome: { _tag: "Refused", evidence: "status 429", httpStatus: 429 }
      })
      yield* when((receipt) => receipt._tag === "Blocked", requestCancel(id))
      const done = yield* runToEnd(id, 20)
      assert.strictEqual(done.phase, "cancelled")
      assert.strictEqual(done.blocked, null)
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("an interruption", () => {
  for (const phase of phases) {
    it.effect(`during ${phase} writes nothing, closes the browser, and the job goes on without a second send`, () => {
      const parts = withFiles()
      return Effect.gen(function*() {
        const store = yield* JobStore
        const id = yield* admitted(parts)
        const fence = yield* store.advanceEpoch
        const worker = yield* startWorker(id, fence)
        const seen = yield* when(entered(phase), Effect.void)
        yield* until(Effect.sync(() => seen.pollUnsafe() !== undefined), 20)
        const before = yield* job(id)
        yield* Fiber.interrupt(worker)
        const after = yield* job(id)
        assert.include(["submitted", "waiting"], after.status)
        assert.deepStrictEqual({ ...after, send: null }, { ...before, send: null })
        assert.strictEqual(parts.site.openBrowsers, 0)
        assert.strictEqual(parts.seeds.runtimes.size, 0)
        const done = yield* runToEnd(id, 100)
        assert.strictEqual(done.phase, "complete")
        assert.strictEqual(parts.site.sends.length, 1)
      }).pipe(Effect.provide(parts.layer))
    })
  }
})

describe("a worker whose host was replaced", () => {
  for (const phase of phases) {
    it.effect(`during ${phase} changes nothing any more and stops`, () => {
      const parts = withFiles()
      return Effect.gen(function*() {
        const store = yield* JobStore
        const id = yield* admitted(parts)
        const fence = yield* store.advanceEpoch
        const worker = yield* startWorker(id, fence)
        let begun = 0
        const takeOver = Effect.tap(store.advanceEpoch, () => Effect.sync(() => void (begun = parts.site.log.length)))
        const fenced = yield* when(entered(phase), Effect.andThen(takeOver, job(id)))
        yield* until(Effect.sync(() => worker.pollUnsafe() !== undefined), 50)
        const before = yield* Fiber.join(fenced)
        assert.deepStrictEqual(yield* job(id), before)
        const later = parts.site.log.slice(begun)
        const effects = new Set(["open", "selectModel", "attach", "send", "saveCookies", "download"])
        assert.deepStrictEqual(later.filter((action) => effects.has(action)), [])
        assert.strictEqual(parts.site.openBrowsers, 0)
        assert.strictEqual((yield* store.leases).length > 0, true)
        assert.isFalse(yield* ended(id))
      }).pipe(Effect.provide(parts.layer))
    })
  }
})
