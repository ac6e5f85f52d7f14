/** The browser is lost at every named moment of the worker, over fakes; real processes die in `faults/crash.ts`. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { isEnded } from "../../src/domain/JobPhase.ts"
import { CrashPoint, type CrashPointName, crashPoints } from "../../src/port/CrashPoint.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { jobId } from "../store/fixtures.ts"
import { admitted, bench, job, runToEnd } from "./support/Bench.ts"

/** Moments of the adapters and of the host, which the worker over fakes does not pass. */
const elsewhere = new RegExp(
  "^(store\\.advanceEpoch|host|store\\.promote|mirror|clone\\.(directory|middle)|launch\\.started|click|browser|profile|"
    + "artifact\\.(brought|part)|(response|text|manifest)\\.(opened|written|renamed))"
)

const moments = crashPoints.filter((name) => !elsewhere.test(name))

const prepared = () => {
  const parts = bench()
  parts.site.facts = { historyAuthoritative: true }
  parts.site.answer = { ...parts.site.answer, files: [{ key: "1", label: "a", kind: "file" }] }
  return parts
}

/** Runs a job while something listens to its moments. */
const runWith = (
  parts: ReturnType<typeof prepared>,
  reach: (name: CrashPointName) => Effect.Effect<void, never, JobStore>
) =>
  Effect.gen(function*() {
    const store = yield* JobStore
    const id = yield* admitted(parts)
    yield* runToEnd(id).pipe(
      Effect.provideService(CrashPoint, { reach: (name) => Effect.provideService(reach(name), JobStore, store) })
    )
    return { job: yield* job(id), leases: yield* store.leases }
  })

/** Keeps the moments at which a job looks cleaned up and still holds a lease. */
const noteLeases = (wrong: Array<string>, name: CrashPointName) =>
  Effect.gen(function*() {
    const store = yield* JobStore
    if (/\.(written|before)$/.test(name)) return
    const { cleanup, phase } = yield* store.get(jobId(1))
    if (isEnded(phase) && !cleanup.pending && (yield* store.leases).length > 0) wrong.push(name)
  }).pipe(Effect.orDie)

describe("a job", () => {
  it.effect("passes every moment of the worker, and holds no lease once nothing of it is pending", () => {
    const parts = prepared()
    const seen = new Set<string>()
    const wrong: Array<string> = []
    return Effect.gen(function*() {
      yield* runWith(parts, (name) => {
        seen.add(name)
        return noteLeases(wrong, name)
      })
      assert.deepStrictEqual(moments.filter((name) => !seen.has(name)), [])
      assert.deepStrictEqual(wrong, [])
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a browser that is lost", () => {
  for (const name of moments) {
    it.effect(`at ${name} costs neither the answer nor a second send`, () => {
      const parts = prepared()
      const wrong: Array<string> = []
      let isOver = false
      return Effect.gen(function*() {
        const { job: done, leases } = yield* runWith(parts, (reached) => {
          if (reached !== name || isOver) return noteLeases(wrong, reached)
          isOver = true
          return Effect.andThen(parts.site.crash(), Effect.sleep(10))
        })
        assert.isTrue(isOver)
        assert.strictEqual(done.phase, "complete")
        assert.strictEqual(parts.site.sends.length, 1)
        assert.strictEqual(parts.site.openBrowsers, 0)
        assert.strictEqual(parts.seeds.runtimes.size, 0)
        assert.deepStrictEqual(wrong, [])
        assert.deepStrictEqual(leases, [])
        assert.isFalse(done.cleanup.pending)
      }).pipe(Effect.provide(parts.layer))
    })
  }
})
