import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { oracleError } from "../../src/error/OracleError.ts"
import { Oracle } from "../../src/Oracle.ts"
import { until } from "../worker/support/Bench.ts"
import { codeOf } from "./support/codeOf.ts"
import { oracleBench, request } from "./support/OracleBench.ts"

const submit = Effect.gen(function*() {
  const oracle = yield* Oracle
  return yield* oracle.submit(yield* oracle.plan(request()))
})

describe("the host inside a library's process", () => {
  it.effect("is tried again after a start that failed, and a submission waits for that try", () => {
    const parts = oracleBench()
    parts.lock.trouble = oracleError("disk_full", "no space")
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const refused = yield* Effect.forkChild(codeOf(submit))
      yield* until(Effect.sync(() => refused.pollUnsafe() !== undefined), 100)
      assert.strictEqual(yield* Fiber.join(refused), "disk_full")
      parts.lock.trouble = null
      const submitted = yield* Effect.forkChild(submit)
      yield* until(Effect.sync(() => submitted.pollUnsafe() !== undefined), 100)
      const { id } = yield* Fiber.join(submitted)
      yield* until(Effect.map(oracle.get(id), ({ phase }) => phase === "complete"), 100)
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })
})
