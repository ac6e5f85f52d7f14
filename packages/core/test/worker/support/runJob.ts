/** Runs one job against a site that a test has prepared, and looks at what is left afterwards. */
import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Job } from "../../../src/domain/Job.ts"
import type { OracleError } from "../../../src/error/OracleError.ts"
import { JobStore } from "../../../src/store/JobStore.ts"
import { admitted, type Bench, bench, runToEnd } from "./Bench.ts"
import type { Action } from "./FakeSite.ts"

/** The first runs of an action fail. */
export const fails = (action: Action, times: number, error: OracleError) => (found: Action, nth: number) =>
  found === action && nth < times ? Effect.fail(error) : undefined

export const run = (prepare: (parts: Bench) => void, part: Partial<Job> = {}) => {
  const parts = bench()
  prepare(parts)
  return Effect.gen(function*() {
    const id = yield* admitted(parts, part)
    const job = yield* runToEnd(id)
    return { job, leases: yield* (yield* JobStore).leases, ...parts }
  }).pipe(Effect.provide(parts.layer))
}

export const nothingLeft = ({ job, leases, seeds, site }: Effect.Success<ReturnType<typeof run>>) => {
  assert.strictEqual(site.openBrowsers, 0)
  assert.strictEqual(seeds.runtimes.size, 0)
  assert.deepStrictEqual(leases, [])
  assert.strictEqual(job.runtime, null)
  assert.strictEqual(job.cleanup.pending, false)
}
