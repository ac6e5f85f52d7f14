import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import * as HostRecord from "../../src/host/HostRecord.ts"
import { CrashPoint } from "../../src/port/CrashPoint.ts"
import { hostBench, startHost } from "./support/HostBench.ts"

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
