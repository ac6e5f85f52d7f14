import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { defaultConfig } from "../../src/config/OracleConfig.ts"
import { oracleError } from "../../src/error/OracleError.ts"
import { Oracle } from "../../src/Oracle.ts"
import { until } from "../worker/support/Bench.ts"
import { dirs } from "../worker/support/Fakes.ts"
import { codeOf } from "./support/codeOf.ts"
import { oracleBench, request } from "./support/OracleBench.ts"

const one = { ...defaultConfig, browser: { ...defaultConfig.browser, maxConcurrentJobs: 1 } }

const submit = (config = one) =>
  Oracle.use((oracle) => Effect.flatMap(oracle.plan(request({ config })), (plan) => oracle.submit(plan)))

describe("the archive of a cancelled job that cannot be removed", () => {
  it.effect("counts against the queue, is named, and is tried again until it is gone", () => {
    const parts = oracleBench()
    parts.world.config = one
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.site.answerMs = 3_600_000
      yield* submit()
      const { id } = yield* submit()
      const archive = dirs.job(id).archive("tar.zst")
      parts.files.stuck = (path) => path === archive ? oracleError("state_unwritable", "no") : undefined
      const job = yield* oracle.cancel(id, "enough")
      assert.strictEqual(job.phase, "cancelled")
      assert.isTrue(job.cleanup.pending)
      assert.deepStrictEqual(job.cleanup.warnings, ["archive not removed: state_unwritable"])
      assert.isNull(job.archive?.deletedAt)
      const tight = { ...one, queue: { ...one.queue, maxBytes: 13 } }
      assert.strictEqual(yield* codeOf(submit(tight)), "queue_full")
      parts.files.stuck = () => undefined
      yield* until(Effect.map(oracle.get(id), ({ cleanup }) => !cleanup.pending), 10_000, 600_000)
      assert.isFalse(parts.files.files.has(archive))
      assert.isNotNull((yield* oracle.get(id)).archive?.deletedAt)
      assert.strictEqual((yield* submit(tight)).phase, "queued")
    }).pipe(Effect.provide(parts.layer))
  })
})
