import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import { TestClock } from "effect/testing"
import * as JobTransition from "../../src/domain/JobTransition.ts"
import { oracleError } from "../../src/error/OracleError.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import * as Reconcile from "../../src/upkeep/Reconcile.ts"
import * as Warnings from "../../src/upkeep/Warnings.ts"
import { allEnded, hostBench, startHost } from "../host/support/HostBench.ts"
import { admitted, job, until } from "../worker/support/Bench.ts"
import { dirs, processRecord } from "../worker/support/Fakes.ts"
import { pages } from "../worker/support/FakeSite.ts"

const runtime = (id: string, pid: number) => ({
  id,
  profileDir: `/state/runtimes/${id}/profile`,
  browser: processRecord(pid),
  seedGeneration: 1
})

describe("warnings of clean-ups", () => {
  it("are kept once, in one line, and never more than twenty", () => {
    const many = Array.from({ length: 50 }, (_, index) => `trouble ${index}\n    at somewhere`)
    const merged = Warnings.merge(["trouble 0"], many)
    assert.deepStrictEqual([merged.length, merged[0], merged[19]], [20, "trouble 0", "trouble 19"])
    assert.deepStrictEqual(Warnings.merge(merged, many), merged)
    assert.strictEqual(Warnings.merge([], ["x".repeat(5000)])[0]?.length, 300)
  })
})

describe("a runtime that no record names", () => {
  it.effect("is removed with its browser while the host runs, but never one that is being cloned", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.seeds.cloning = Effect.sleep(50_000)
      parts.site.answerMs = 600_000
      yield* startHost([], true)
      yield* TestClock.adjust(5000)
      parts.seeds.runtimes.add("stray")
      parts.processes.living.add(90)
      parts.processes.browsers.set("/state/runtimes/stray/profile", 90)
      yield* TestClock.adjust(150_000)
      assert.isTrue(parts.seeds.runtimes.has("stray"))
      const id = yield* admitted(parts)
      yield* until(Effect.sync(() => !parts.seeds.runtimes.has("stray")), 1000, 400_000)
      assert.deepStrictEqual(parts.processes.ended, [90])
      yield* until(allEnded([id]))
      assert.strictEqual((yield* job(id)).phase, "complete")
      assert.strictEqual(parts.site.opened, 1)
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a submission whose client ended", () => {
  it.effect("stands where it was admitted after the host had looked, with its lease and its archive", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const id = yield* admitted(parts, { requester: { kind: "cli", owner: processRecord(82) } })
      const seen = yield* job(id)
      yield* Reconcile.failAbandoned({ ...seen, status: "preparing", phase: "preparing", submittedAt: null })
      assert.strictEqual((yield* job(id)).phase, "submitted")
      assert.deepStrictEqual((yield* store.leases).map(({ kind }) => kind), ["runtime"])
      yield* store.update(id, (job) => Result.succeed({ ...job, status: "failed", phase: "failed" }))
      yield* Reconcile.failAbandoned({ ...seen, status: "preparing", phase: "preparing", submittedAt: null })
      assert.isTrue(parts.files.files.has(dirs.job(id).archive("tar.zst")))
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("pending clean-ups", () => {
  it.effect("take no leases from a job that was resumed while another was cleaned up after", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const fence = yield* store.advanceEpoch
      const [resumed, other] = [yield* admitted(parts, {}, 1), yield* admitted(parts, {}, 2)]
      for (const [id, pid] of [[resumed, 91], [other, 92]] as const) {
        parts.processes.living.add(pid)
        yield* store.update(id, (job, now) =>
          Result.succeed({
            ...job,
            status: "failed",
            phase: "failed",
            runtime: runtime(`left-${pid}`, pid),
            cleanup: { ...job.cleanup, pending: true, lastAt: now }
          }))
        yield* store.release(id, ["runtime"])
      }
      parts.processes.ending = Effect.gen(function*() {
        yield* store.update(resumed, JobTransition.resume)
        yield* store.promote(fence, { capacity: 2, perAccount: 5 })
      }).pipe(Effect.ignore)
      assert.strictEqual(yield* Reconcile.finishPending(fence, 0), 0)
      assert.deepStrictEqual(parts.processes.ended, [92])
      assert.strictEqual((yield* job(resumed)).phase, "submitted")
      assert.deepStrictEqual((yield* store.leases).map((lease) => lease.job), [resumed])
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a job that waits for the outside", () => {
  it.effect("gets its left browser ended while it waits", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      parts.site.page = pages.limited
      const id = yield* admitted(parts)
      yield* startHost()
      yield* until(Effect.map(job(id), (job) => job.blocked !== null && job.runtime === null))
      parts.processes.living.add(91)
      parts.seeds.runtimes.add("left")
      yield* store.update(id, (job, now) =>
        Result.succeed({
          ...job,
          runtime: runtime("left", 91),
          blocked: job.blocked && { ...job.blocked, retryAt: null },
          cleanup: { ...job.cleanup, pending: true, lastAt: now }
        }))
      yield* until(Effect.sync(() => parts.processes.ended.includes(91)), 1000, 300_000)
      assert.isFalse(parts.seeds.runtimes.has("left"))
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a new host", () => {
  it.effect("removes staged profiles of dead sign-ins", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.seeds.staged.push("/state/seeds/chatgpt/default.staging")
      yield* startHost()
      yield* until(Effect.sync(() => parts.seeds.staged.length === 0), 100, 5000)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("changes nothing when it reconciles a second time", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const { config } = parts.world
      const [first, second] = yield* Effect.forEach([1, 2], (n) => admitted(parts, {}, n))
      const fence = yield* store.advanceEpoch
      yield* store.update(first!, (job) => Result.succeed({ ...job, runtime: runtime("one", 92) }))
      yield* store.update(
        second!,
        (job, now) => Result.succeed({ ...job, cancel: { requestedAt: now, reason: "enough" } })
      )
      parts.processes.living.add(92)
      parts.seeds.runtimes.add("one").add("two")
      yield* Reconcile.atStart(fence, config)
      const once = yield* store.open
      assert.deepStrictEqual([parts.processes.ended, parts.seeds.runtimes.size], [[92], 0])
      const leases = yield* store.leases
      yield* TestClock.adjust(1000)
      yield* Reconcile.atStart(fence, config)
      assert.deepStrictEqual(yield* store.open, once)
      assert.deepStrictEqual(yield* store.leases, leases)
      assert.deepStrictEqual(parts.processes.ended, [92])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("ends a job as cancelled whose intent its dead host did not carry out, and never puts it back", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const id = yield* admitted(parts)
      yield* store.update(
        id,
        (job, now) =>
          Result.succeed({ ...job, cancel: { requestedAt: now, reason: "enough" }, runtime: runtime("one", 93) })
      )
      parts.processes.living.add(93)
      parts.seeds.runtimes.add("one")
      yield* startHost()
      yield* until(allEnded([id]), 100, 10_000)
      assert.strictEqual((yield* job(id)).phase, "cancelled")
      assert.deepStrictEqual([parts.site.opened, parts.processes.ended], [0, [93]])
      assert.deepStrictEqual(yield* store.leases, [])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("is removed by a host that ends, unless a browser runs on it", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const host = yield* startHost()
      yield* until(Effect.sync(() => parts.files.files.has("/state/host.json")), 100)
      yield* until(Effect.map(JobStore.use((store) => store.epoch), (epoch) => epoch === 1), 100)
      parts.seeds.runtimes.add("idle").add("used")
      parts.processes.browsers.set("/state/runtimes/used/profile", 700)
      yield* until(Effect.sync(() => host.pollUnsafe() !== undefined), 1000)
      assert.deepStrictEqual([...parts.seeds.runtimes], ["used"])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("starts although neither the staged profiles nor the runtimes can be looked at", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.seeds.staging = oracleError("state_unwritable", "no right")
      parts.seeds.listing = oracleError("state_unsafe", "a symbolic link")
      const id = yield* admitted(parts)
      yield* startHost()
      yield* until(allEnded([id]))
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a clean-up that is pending", () => {
  it.effect("keeps a host without work for a while, and no longer", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const id = yield* admitted(parts)
      parts.site.closing = Effect.never
      parts.processes.stuck.add(5000)
      const host = yield* startHost()
      parts.processes.living.add(5000)
      yield* until(Effect.map(job(id), (job) => job.phase === "complete" && job.cleanup.warnings.length > 0))
      assert.deepStrictEqual(yield* store.leases, [])
      yield* TestClock.adjust(300_000)
      assert.isUndefined(host.pollUnsafe())
      const { warnings } = (yield* job(id)).cleanup
      yield* TestClock.adjust(120_000)
      assert.deepStrictEqual((yield* job(id)).cleanup.warnings, warnings)
      yield* until(Effect.sync(() => host.pollUnsafe() !== undefined), 5000, 600_000)
      parts.processes.stuck.clear()
      yield* startHost()
      yield* until(allEnded([id]))
      assert.deepStrictEqual(parts.processes.ended, [5000])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("does not take the runtime of a job that was resumed meanwhile", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const id = yield* admitted(parts)
      const fence = yield* store.advanceEpoch
      yield* store.update(
        id,
        (job) => Result.succeed({ ...job, runtime: runtime("old", 94), cleanup: { ...job.cleanup, pending: true } })
      )
      parts.processes.living.add(94)
      parts.processes.ending = Effect.asVoid(
        Effect.orDie(store.update(id, (job) => Result.succeed({ ...job, runtime: runtime("new", 95) })))
      )
      yield* Reconcile.atStart(fence, parts.world.config)
      assert.strictEqual((yield* job(id)).runtime?.id, "new")
    }).pipe(Effect.provide(parts.layer))
  })
})
