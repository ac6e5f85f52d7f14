import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as SecureRandom from "effect/crypto/SecureRandom"
import { oracleError } from "../../src/error/OracleError.ts"
import { HostLauncher } from "../../src/host/HostLauncher.ts"
import { Oracle } from "../../src/Oracle.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import * as Submission from "../../src/submit/Submission.ts"
import { dirs } from "../worker/support/Fakes.ts"
import { codeOf } from "./support/codeOf.ts"
import { oracleBench, request } from "./support/OracleBench.ts"
import { ended } from "./support/Submitting.ts"

/** Nothing that breaks off before its end gets as far as a host. */
const noHost = HostLauncher.of({ ensure: Effect.die("a host was started"), keep: Effect.die("a host was started") })

/** Submits on a store that fails with `storage_failed` where `faulty` says so. */
const submitOn = Effect.fnUntraced(function*(faulty: (store: JobStore["Service"]) => Partial<JobStore["Service"]>) {
  const oracle = yield* Oracle
  const store = yield* JobStore
  const plan = yield* oracle.plan(request())
  return yield* codeOf(
    Submission.submit(plan, () => {}).pipe(
      Effect.provideService(JobStore, JobStore.of({ ...store, ...faulty(store) })),
      Effect.provideService(HostLauncher, noHost),
      Effect.provide(SecureRandom.layerWebCrypto)
    )
  )
})

const lost = Effect.fail(oracleError("storage_failed", "the answer of the store was lost"))

describe("a submission that breaks off", () => {
  it.effect("right after its admission stands, with its archive, and is answered", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const code = yield* submitOn((store) => ({
        admit: (id, room) => Effect.andThen(store.admit(id, room), lost)
      }))
      const [job] = (yield* (yield* Oracle).list({})).jobs
      if (job === undefined) return assert.fail("no record")
      assert.deepStrictEqual([code, job.phase], ["storage_failed", "submitted"])
      assert.isTrue(parts.files.files.has(dirs.job(job.id).archive("tar.zst")))
      assert.strictEqual((yield* ended(job.id)).phase, "complete")
      assert.lengthOf(parts.site.sends, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("before its admission keeps the record and no archive", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const code = yield* submitOn(() => ({ admit: () => lost }))
      const [job] = (yield* (yield* Oracle).list({})).jobs
      if (job === undefined) return assert.fail("no record")
      assert.deepStrictEqual([code, job.phase], ["storage_failed", "failed"])
      assert.isFalse(parts.files.files.has(dirs.job(job.id).archive("tar.zst")))
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("before its record is there leaves nothing", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      assert.strictEqual(yield* submitOn(() => ({ insert: () => lost })), "storage_failed")
      assert.lengthOf((yield* (yield* Oracle).list({})).jobs, 0)
      assert.deepStrictEqual([...parts.files.files.keys()].filter((path) => path.startsWith(dirs.jobs)), [])
    }).pipe(Effect.provide(parts.layer))
  })
})
