import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Result } from "effect"
import { TestClock } from "effect/testing"
import { defaultConfig } from "../../src/config/OracleConfig.ts"
import * as HostRecord from "../../src/host/HostRecord.ts"
import * as HostStatus from "../../src/host/HostStatus.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import type { Receipt } from "../../src/worker/Receipts.ts"
import { created, jobId, jobRecord } from "../store/fixtures.ts"
import { admitted, job, requestCancel, until } from "../worker/support/Bench.ts"
import { dirs, processRecord } from "../worker/support/Fakes.ts"
import { pages } from "../worker/support/FakeSite.ts"
import { allEnded, hostBench, killHost, startHost } from "./support/HostBench.ts"

const withCapacity = (maxConcurrentJobs: number) => ({
  ...defaultConfig,
  browser: { ...defaultConfig.browser, maxConcurrentJobs }
})

describe("a host", () => {
  it.effect("runs two jobs at once and the third when a place is free", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const ids = yield* Effect.forEach([1, 2, 3], (n) => admitted(parts, {}, n))
      assert.strictEqual((yield* job(jobId(3))).phase, "queued")
      yield* startHost()
      yield* until(allEnded(ids))
      assert.deepStrictEqual(yield* Effect.forEach(ids, (id) => Effect.map(job(id), (job) => job.phase)), [
        "complete",
        "complete",
        "complete"
      ])
      assert.strictEqual(parts.site.mostBrowsers, 2)
      assert.strictEqual(parts.site.sends.length, 3)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("reads its capacity anew at each promotion", () => {
    const parts = hostBench(withCapacity(1))
    return Effect.gen(function*() {
      parts.site.answerMs = 60_000
      const ids = yield* Effect.forEach([1, 2, 3, 4], (n) => admitted(parts, {}, n))
      yield* startHost()
      yield* until(Effect.sync(() => parts.site.openBrowsers === 2))
      parts.world.config = withCapacity(4)
      yield* until(Effect.sync(() => parts.site.openBrowsers === 4), 500, 30_000)
      yield* until(allEnded(ids))
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("ends after its idle time, leaving neither record nor lock", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const host = yield* startHost()
      yield* until(Effect.sync(() => parts.files.files.has("/state/host.json")))
      yield* TestClock.adjust(59_000)
      assert.isTrue(parts.lock.held)
      yield* TestClock.adjust(3000)
      assert.strictEqual(yield* Fiber.join(host), "idle")
      assert.isFalse(parts.lock.held)
      assert.isFalse(parts.files.files.has("/state/host.json"))
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("does not end while a job waits for the outside", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.site.page = pages.limited
      const id = yield* admitted(parts)
      yield* startHost()
      yield* TestClock.adjust(600_000)
      assert.isTrue(parts.lock.held)
      parts.site.ready()
      yield* until(allEnded([id]))
      assert.strictEqual((yield* job(id)).phase, "complete")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("leaves at once when another host has the lock", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      yield* startHost()
      yield* until(Effect.sync(() => parts.lock.held))
      const epoch = yield* (yield* JobStore).epoch
      const second = yield* startHost()
      assert.strictEqual(yield* Fiber.join(second), "busy")
      assert.strictEqual(yield* (yield* JobStore).epoch, epoch)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("stops when its lock file was replaced, and does not take the next host's record away", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const host = yield* startHost()
      yield* until(Effect.sync(() => parts.files.files.has("/state/host.json")))
      const record = yield* HostRecord.read
      assert.isNotNull(record)
      yield* HostRecord.write({ ...record, epoch: 99 })
      parts.lock.intact = false
      yield* TestClock.adjust(6000)
      assert.strictEqual(yield* Fiber.join(host), "lost")
      assert.isTrue(parts.files.files.has("/state/host.json"))
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("hands over when it is asked to, and the next host finishes the job without a second send", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.site.answerMs = 60_000
      const id = yield* admitted(parts)
      const host = yield* startHost()
      yield* until(Effect.map(job(id), (job) => job.phase === "awaiting_response"))
      parts.files.files.set("/state/host-drain", "")
      yield* until(Effect.sync(() => !parts.lock.held))
      assert.strictEqual(yield* Fiber.join(host), "drained")
      assert.strictEqual(parts.site.openBrowsers, 0)
      yield* startHost()
      yield* until(allEnded([id]))
      assert.strictEqual((yield* job(id)).phase, "complete")
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("cancels a running job when the intent is recorded", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.site.answerMs = 600_000
      const id = yield* admitted(parts)
      yield* startHost()
      yield* until(Effect.map(job(id), (job) => job.phase === "awaiting_response"))
      yield* requestCancel(id)
      yield* until(allEnded([id]), 100, 20_000)
      assert.strictEqual((yield* job(id)).phase, "cancelled")
      assert.deepStrictEqual(yield* (yield* JobStore).leases, [])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("cancels a queued job that nobody runs", () => {
    const parts = hostBench(withCapacity(1))
    return Effect.gen(function*() {
      parts.site.answerMs = 600_000
      const [, , third] = yield* Effect.forEach([1, 2, 3], (n) => admitted(parts, {}, n))
      yield* startHost()
      yield* until(Effect.sync(() => parts.site.openBrowsers === 2))
      yield* requestCancel(third!)
      yield* until(allEnded([third!]), 100, 5000)
      assert.strictEqual((yield* job(third!)).phase, "cancelled")
      assert.isFalse(parts.files.files.has(dirs.job(third!).archive("tar.zst")))
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a host after one that died", () => {
  for (const when of ["cloning_runtime", "uploading_archive", "awaiting_response", "extracting_response"] as const) {
    it.effect(`goes on with a job that was at ${when}, without a second send`, () => {
      const parts = hostBench()
      return Effect.gen(function*() {
        parts.site.fault = () => Effect.sleep(100)
        const seen: Array<Receipt> = []
        const id = yield* admitted(parts)
        yield* startHost(seen)
        yield* until(Effect.sync(() => seen.some((one) => one._tag === "Entered" && one.phase === when)), 20)
        yield* killHost(parts)
        yield* startHost()
        yield* until(allEnded([id]))
        assert.strictEqual((yield* job(id)).phase, "complete")
        assert.strictEqual(parts.site.sends.length, 1)
        assert.deepStrictEqual(yield* (yield* JobStore).leases, [])
      }).pipe(Effect.provide(parts.layer))
    })
  }

  it.effect("ends the browsers and removes the runtimes that were left, by record and without one", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const id = yield* admitted(parts)
      parts.seeds.runtimes.add("recorded").add("orphan")
      parts.processes.living.add(70).add(71)
      parts.processes.browsers.set("/state/runtimes/orphan/profile", 71)
      yield* store.update(id, (job) =>
        Result.succeed({
          ...job,
          runtime: {
            id: "recorded",
            profileDir: "/state/runtimes/recorded/profile",
            browser: processRecord(70),
            seedGeneration: 1
          }
        }))
      yield* startHost()
      yield* until(allEnded([id]))
      assert.deepStrictEqual(parts.processes.ended.toSorted((a, b) => a - b), [70, 71])
      assert.strictEqual(parts.seeds.runtimes.size, 0)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("fails a submission whose client died, with what it had packed, and leaves one alone whose client lives", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      parts.processes.living.add(80)
      yield* store.insert(jobRecord(1, { requester: { kind: "cli", owner: processRecord(80) } }), created)
      yield* store.insert(jobRecord(2, { requester: { kind: "cli", owner: processRecord(81) } }), created)
      const { archive, attachments, prompt } = dirs.job(jobId(2))
      const copies = [archive("tar.zst"), `${archive("tar.gz")}.81-4a8e1c1e.tmp`, `${attachments}/1/a.png`]
      for (const path of [...copies, prompt, dirs.job(jobId(1)).archive("tar.zst")]) parts.files.files.set(path, "")
      yield* startHost()
      yield* until(Effect.map(job(jobId(2)), (job) => job.phase === "failed"), 100, 5000)
      assert.deepStrictEqual(copies.filter((path) => parts.files.files.has(path)), [])
      assert.isTrue(parts.files.files.has(prompt))
      assert.isTrue(parts.files.files.has(dirs.job(jobId(1)).archive("tar.zst")))
      assert.strictEqual((yield* job(jobId(2))).error?.code, "submission_interrupted")
      assert.strictEqual((yield* job(jobId(1))).phase, "preparing")
      parts.processes.living.delete(80)
      yield* until(Effect.map(job(jobId(1)), (job) => job.phase === "failed"), 100, 5000)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("keeps a job without a lease in its place of the queue", () => {
    const parts = hostBench(withCapacity(1))
    return Effect.gen(function*() {
      const store = yield* JobStore
      parts.site.answerMs = 30_000
      const seen: Array<Receipt> = []
      const first = yield* admitted(parts, {}, 1)
      yield* startHost(seen)
      yield* until(Effect.map(job(first), (job) => job.phase === "awaiting_response"), 20)
      yield* killHost(parts)
      yield* store.release(first, ["runtime"])
      const others = yield* Effect.forEach([2, 3, 4], (n) => admitted(parts, {}, n))
      yield* startHost()
      yield* until(allEnded([first, ...others]))
      assert.strictEqual((yield* job(first)).phase, "complete")
      assert.strictEqual(parts.site.sends.length, 4)
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a clean-up that hangs", () => {
  it.effect("is retried by identity after three minutes, while the job is complete and its leases are free", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      parts.site.closing = Effect.never
      parts.seeds.removing = Effect.never
      const id = yield* admitted(parts)
      yield* startHost([], true)
      yield* until(Effect.map(job(id), (job) => job.phase === "complete" && job.cleanup.warnings.length > 0))
      assert.deepStrictEqual(yield* store.leases, [])
      assert.isTrue((yield* job(id)).cleanup.pending)
      parts.processes.living.add(5000)
      yield* until(Effect.map(job(id), (job) => !job.cleanup.pending), 1000, 400_000)
      assert.deepStrictEqual(parts.processes.ended, [5000])
      assert.strictEqual(parts.seeds.runtimes.size, 0)
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("the status of a host", () => {
  const record: HostRecord.HostRecord = {
    schemaVersion: 1,
    process: processRecord(1),
    epoch: 1,
    version: "1.0.0",
    startedAt: jobRecord(1).createdAt,
    heartbeatAt: jobRecord(1).createdAt,
    ending: false,
    embedded: false
  }
  const at = jobRecord(1).createdAt.epochMilliseconds

  it("is absent without a record or without its process", () => {
    assert.strictEqual(HostStatus.judge(null, false, at), "absent")
    assert.strictEqual(HostStatus.judge(record, false, at), "absent")
  })

  it("is silent after 30 s without a heartbeat", () => {
    assert.strictEqual(HostStatus.judge(record, true, at + 30_000), "running")
    assert.strictEqual(HostStatus.judge(record, true, at + 30_001), "silent")
    assert.strictEqual(HostStatus.judge({ ...record, ending: true }, true, at), "ending")
  })

  it.effect("is absent for a record that cannot be read", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.files.files.set("/state/host.json", "{ torn")
      assert.strictEqual((yield* HostStatus.status).state, "absent")
    }).pipe(Effect.provide(parts.layer))
  })
})
