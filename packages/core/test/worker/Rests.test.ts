import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { oracleError } from "../../src/error/OracleError.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { admitted, bench, job, runToEnd, startWorker, until } from "./support/Bench.ts"
import { pages } from "./support/FakeSite.ts"
import { run } from "./support/runJob.ts"

describe("a job that rests for a sign-in", () => {
  it.effect("goes on at once in a new host when a person signed in while none ran", () => {
    const parts = bench()
    parts.site.answerMs = 60_000
    return Effect.gen(function*() {
      const store = yield* JobStore
      const id = yield* admitted(parts)
      parts.site.fault = (action) =>
        action === "probe" ? Effect.sync(() => void (parts.site.page = pages.login)) : undefined
      const worker = yield* startWorker(id, yield* store.advanceEpoch)
      yield* until(Effect.map(job(id), ({ blocked }) => blocked?.reason === "login"))
      yield* Fiber.interrupt(worker)
      yield* TestClock.adjust(1000)
      parts.site.fault = () => undefined
      parts.site.ready()
      parts.seeds.generation = 2
      parts.seeds.createdAt = yield* Effect.clockWith((clock) => clock.currentTimeMillis)
      yield* TestClock.adjust(1000)
      const begun = yield* Effect.clockWith((clock) => clock.currentTimeMillis)
      const next = yield* startWorker(id, yield* store.advanceEpoch)
      yield* until(Effect.map(job(id), ({ phase }) => phase === "queued"), 100)
      const took = (yield* Effect.clockWith((clock) => clock.currentTimeMillis)) - begun
      assert.isBelow(took, 5000)
      yield* Fiber.interrupt(next)
      const done = yield* runToEnd(id)
      assert.strictEqual(done.phase, "complete")
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a browser that does not start", () => {
  const unable = oracleError("browser_launch_failed", "it ended")

  it.effect("is tried once more before anything was sent", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.fault = (action, nth) => action === "open" && nth === 0 ? Effect.fail(unable) : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("does not end a job whose prompt is out", () =>
    Effect.gen(function*() {
      let lost = false
      const { job, site } = yield* run(({ site }) => {
        site.fault = (action, nth) => {
          if (action === "probe" && !lost) {
            lost = true
            return site.crash()
          }
          return action === "open" && nth > 0 && nth < 6 ? Effect.fail(unable) : undefined
        }
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))
})
