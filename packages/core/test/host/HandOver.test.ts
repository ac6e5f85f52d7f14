import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import * as HostRecord from "../../src/host/HostRecord.ts"
import { CrashPoint } from "../../src/port/CrashPoint.ts"
import { admitted, job, until } from "../worker/support/Bench.ts"
import { allEnded, hostBench, startHost } from "./support/HostBench.ts"

describe("a request to hand over", () => {
  it.effect("is heard as soon as the host can be seen", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const drain = yield* HostRecord.drainPath
      const host = yield* startHost().pipe(Effect.provideService(CrashPoint, {
        reach: (name) =>
          Effect.sync(() => {
            if (name === "host.recorded") parts.files.files.set(drain, "")
          })
      }))
      yield* TestClock.adjust(5000)
      assert.isDefined(host.pollUnsafe())
      assert.strictEqual(yield* Fiber.join(host), "drained")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("costs a job no start, however often it comes before the send", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const drain = yield* HostRecord.drainPath
      const id = yield* admitted(parts)
      const { fault } = parts.site
      parts.site.fault = (action) => action === "attach" ? Effect.never : undefined
      for (let n = 1; n <= 5; n += 1) {
        const host = yield* startHost()
        yield* until(Effect.map(job(id), ({ phase, starts }) => phase === "uploading_archive" && starts === 1), 200)
        parts.files.files.set(drain, "")
        yield* until(Effect.sync(() => host.pollUnsafe() !== undefined), 200)
        assert.strictEqual(yield* Fiber.join(host), "drained")
        assert.strictEqual((yield* job(id)).starts, 0)
      }
      parts.site.fault = fault
      const last = yield* startHost()
      yield* until(allEnded([id]), 500)
      assert.strictEqual((yield* job(id)).phase, "complete")
      assert.strictEqual(parts.site.sends.length, 1)
      yield* Fiber.interrupt(last)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("to the host before does not end this one", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.files.files.set(yield* HostRecord.drainPath, "")
      const host = yield* startHost()
      yield* TestClock.adjust(5000)
      assert.isUndefined(host.pollUnsafe())
      yield* Fiber.interrupt(host)
    }).pipe(Effect.provide(parts.layer))
  })
})
