import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, FileSystem, Layer, Path, Result } from "effect"
import { TestClock } from "effect/testing"
import type { JobId } from "../../src/domain/Ids.ts"
import { type JobPhase, statusOf } from "../../src/domain/JobPhase.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { StateDirs } from "../../src/store/StateDirs.ts"
import * as SoleUse from "../../src/worker/SoleUse.ts"
import { admitted, bench, job, runToEnd, startWorker, until } from "./support/Bench.ts"
import { dirs } from "./support/Fakes.ts"
import { pages } from "./support/FakeSite.ts"

/** A state directory that is one map. */
const files = (content = new Map<string, string>()) =>
  Layer.mergeAll(
    Path.layer,
    Layer.succeed(StateDirs, dirs),
    FileSystem.layerNoop({
      readFileString: (path) => Effect.sync(() => content.get(path) ?? "nothing"),
      writeFileString: (path, text) => Effect.sync(() => void content.set(path, text)),
      rename: (from, to) => Effect.sync(() => void content.set(to, content.get(from) ?? ""))
    })
  )

/** A job that has loaded the site and came that far. */
const loaded = (id: JobId, phase: JobPhase) =>
  JobStore.use((store) =>
    store.update(id, (job) => Result.succeed({ ...job, phase, status: statusOf(phase) }), {
      events: [{ source: "worker", kind: "phase", message: SoleUse.loadNote }]
    })
  )

describe("an account whose logins end each other", () => {
  it.effect("is known from the job that loaded just before, to every later look, for a week", () => {
    const parts = bench()
    return Effect.gen(function*() {
      const [first, second] = [yield* admitted(parts, {}, 1), yield* admitted(parts, {}, 2)]
      const lost = Effect.flatMap(job(second), SoleUse.learn)
      assert.isNull(yield* lost)
      yield* loaded(first, "awaiting_response")
      yield* TestClock.adjust("59 seconds")
      assert.strictEqual(yield* lost, first)
      const { account, site } = yield* job(second)
      assert.deepStrictEqual([...yield* SoleUse.accounts()], [`${site}/${account}`])
      yield* TestClock.adjust("2 seconds")
      assert.isNull(yield* lost)
      yield* TestClock.adjust("8 days")
      assert.deepStrictEqual([...yield* SoleUse.accounts()], [])
    }).pipe(Effect.provide(Layer.mergeAll(parts.layer, files())))
  })

  it.effect("is not what a job takes for it when the other one had ended before it copied the login", () => {
    const parts = bench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const [first, second] = [yield* admitted(parts, {}, 1), yield* admitted(parts, {}, 2)]
      const copied = store.update(second, Result.succeed, {
        events: [{ source: "worker", kind: "phase", message: SoleUse.cloneNote }]
      })
      const ended = Effect.gen(function*() {
        yield* loaded(first, "awaiting_response")
        const at = yield* DateTime.now
        yield* store.update(
          first,
          (job) => Result.succeed({ ...job, phase: "complete", status: "complete", completedAt: at }),
          { events: [] }
        )
      })
      yield* ended
      yield* TestClock.adjust("5 seconds")
      yield* copied
      yield* TestClock.adjust("5 seconds")
      assert.isNull(yield* Effect.flatMap(job(second), SoleUse.learn))
      assert.deepStrictEqual([...yield* SoleUse.accounts()], [])
    }).pipe(Effect.provide(Layer.mergeAll(parts.layer, files())))
  })

  it.effect("is known also from a job that ended while this one was at work", () => {
    const parts = bench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const [first, second] = [yield* admitted(parts, {}, 1), yield* admitted(parts, {}, 2)]
      yield* store.update(second, Result.succeed, {
        events: [{ source: "worker", kind: "phase", message: SoleUse.cloneNote }]
      })
      yield* TestClock.adjust("5 seconds")
      yield* loaded(first, "awaiting_response")
      const at = yield* DateTime.now
      yield* store.update(
        first,
        (job) => Result.succeed({ ...job, phase: "complete", status: "complete", completedAt: at }),
        { events: [] }
      )
      assert.strictEqual(yield* Effect.flatMap(job(second), SoleUse.learn), first)
    }).pipe(Effect.provide(Layer.mergeAll(parts.layer, files())))
  })

  it.effect("is not what a job takes for it while the other one is still loading: nobody may be signed in", () => {
    const parts = bench()
    return Effect.gen(function*() {
      const [first, second] = [yield* admitted(parts, {}, 1), yield* admitted(parts, {}, 2)]
      yield* loaded(first, "verifying_auth")
      assert.isNull(yield* Effect.flatMap(job(second), SoleUse.learn))
      assert.deepStrictEqual([...yield* SoleUse.accounts()], [])
    }).pipe(Effect.provide(Layer.mergeAll(parts.layer, files())))
  })

  it.effect("makes the job wait that lost its login before its send, and go on when the other one is done", () => {
    const parts = bench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const [first, second] = [yield* admitted(parts, {}, 1), yield* admitted(parts, {}, 2)]
      yield* loaded(first, "awaiting_response")
      parts.site.page = pages.login
      const worker = yield* startWorker(second, yield* store.advanceEpoch)
      yield* until(Effect.map(job(second), ({ blocked }) => blocked?.reason === "login"))
      const notes = (yield* store.events(second)).map(({ message }) => message)
      assert.isTrue(notes.some((message) => message.includes(first) && message.includes("one job at a time")))
      yield* Effect.sync(() => worker.interruptUnsafe())
      parts.site.ready()
      parts.seeds.generation = 2
      yield* store.advanceEpoch
      const done = yield* runToEnd(second)
      assert.strictEqual(done.phase, "complete")
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })
})
