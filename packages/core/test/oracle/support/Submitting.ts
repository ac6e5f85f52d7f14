/** Submits as a surface does, and waits for the end of a job while time passes. */
import { Effect, Fiber } from "effect"
import type { JobId } from "../../../src/domain/Ids.ts"
import { Oracle, type SubmitRequest } from "../../../src/Oracle.ts"
import { until } from "../../worker/support/Bench.ts"
import { request } from "./OracleBench.ts"

export const submit = Effect.fnUntraced(function*(part: Partial<SubmitRequest> = {}) {
  const oracle = yield* Oracle
  return yield* oracle.submit(yield* oracle.plan(request(part)))
})

/** The ended job, with time passing meanwhile. */
export const ended = Effect.fnUntraced(function*(id: JobId) {
  const oracle = yield* Oracle
  const fiber = yield* Effect.forkChild(oracle.wait(id))
  yield* until(Effect.sync(() => fiber.pollUnsafe() !== undefined), 200)
  return yield* Fiber.join(fiber)
})
