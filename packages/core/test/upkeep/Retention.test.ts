import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, type FileSystem, Layer, Path, Result } from "effect"
import { TestClock } from "effect/testing"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Job } from "../../src/domain/Job.ts"
import * as Transition from "../../src/domain/JobTransition.ts"
import { oracleError, viewOf } from "../../src/error/OracleError.ts"
import { Processes } from "../../src/port/Processes.ts"
import type { JobFiles } from "../../src/store/JobFiles.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import type { StateDirs } from "../../src/store/StateDirs.ts"
import { clean, cleanAll } from "../../src/upkeep/Clean.ts"
import { sweep } from "../../src/upkeep/Retention.ts"
import { created, jobId, jobRecord, start } from "../store/fixtures.ts"
import { stateAt, temporaryDirectory } from "../store/stateDir.ts"
import { mirrorOf, room } from "../store/visits.ts"

const day = 86_400_000
const outage = viewOf(oracleError("outage", "the site is down"))

const processesOf = (bootId: string) =>
  Layer.succeed(
    Processes,
    Processes.of({
      self: { pid: 1, startTime: "1", bootId, nonce: null },
      identify: () => Effect.succeed(null),
      alive: () => Effect.succeed(false),
      end: () => Effect.void,
      browsersOn: () => Effect.succeed([])
    })
  )

const at = (ms: number) => TestClock.setTime(DateTime.toEpochMillis(start) + ms)
const directoryOf = (state: string, n: number) => join(state, "jobs", `oracle-${jobId(n)}`)
type Store = JobStore["Service"]

const addFailed = Effect.fnUntraced(function*(store: Store, state: string, n: number, part: Partial<Job> = {}) {
  yield* store.insert(jobRecord(n), created)
  yield* store.update(
    jobId(n),
    (job, now) => Result.map(Transition.fail(job, outage, now), (failed) => ({ ...failed, ...part }))
  )
  writeFileSync(join(directoryOf(state, n), "artifacts", "file"), "content")
})

/** The real store with jobs that failed at the start. */
const withFailed = <A, E>(
  count: number,
  body: (
    state: string,
    store: Store
  ) => Effect.Effect<A, E, JobStore | JobFiles | StateDirs | Processes | Path.Path | FileSystem.FileSystem>
) =>
  Effect.gen(function*() {
    const state = yield* temporaryDirectory
    yield* at(0)
    return yield* Effect.gen(function*() {
      const store = yield* JobStore
      for (let n = 1; n <= count; n++) yield* addFailed(store, state, n)
      return yield* body(state, store)
    }).pipe(Effect.provide(Layer.mergeAll(stateAt(state), processesOf("boot"), Path.layer, NodeFileSystem.layer)))
  })

describe("the sweep", () => {
  it.effect("removes record, mirror and files of a job whose time is over, and no other", () =>
    withFailed(
      2,
      Effect.fnUntraced(function*(state, store) {
        yield* at(29 * day)
        assert.deepStrictEqual((yield* sweep()).removed, [])
        yield* addFailed(store, state, 3)
        yield* TestClock.adjust(2 * day)
        assert.deepStrictEqual(yield* sweep(), { removed: [jobId(2), jobId(1)], copies: [], held: null, troubles: [] })
        assert.deepStrictEqual([1, 2, 3].map((n) => existsSync(directoryOf(state, n))), [false, false, true])
        assert.deepStrictEqual((yield* store.list({})).jobs.map((job) => job.id), [jobId(3)])
        assert.strictEqual((yield* Effect.flip(store.get(jobId(1)))).code, "job_not_found")
      })
    ))

  it.effect("looks once an hour and not more often", () =>
    withFailed(
      1,
      Effect.fnUntraced(function*(state) {
        yield* at(30 * day - 1000)
        yield* sweep()
        yield* TestClock.adjust("59 minutes")
        assert.deepStrictEqual((yield* sweep()).removed, [])
        assert.isTrue(existsSync(directoryOf(state, 1)))
        yield* TestClock.adjust("1 minute")
        assert.deepStrictEqual((yield* sweep()).removed, [jobId(1)])
      })
    ))

  it.effect("is held when the clock was set forward, and says so", () =>
    withFailed(
      1,
      Effect.fnUntraced(function*(state) {
        yield* sweep()
        const mark = JSON.parse(readFileSync(join(state, "retention.json"), "utf8"))
        yield* at(40 * day)
        writeFileSync(
          join(state, "retention.json"),
          JSON.stringify({ ...mark, steadyMs: mark.steadyMs + 40 * day - 1000 })
        )
        const held = yield* sweep()
        assert.deepStrictEqual(held.removed, [])
        assert.include(held.held, "moved by 960 hours")
        const still = yield* sweep()
        assert.include(still.held, "was set")
        assert.isTrue(existsSync(directoryOf(state, 1)))
        const { removed } = yield* Effect.provide(sweep(), processesOf("after a restart"))
        assert.deepStrictEqual(removed, [jobId(1)])
      })
    ))

  it.effect("leaves directories of other tools, strangers and links alone", () =>
    withFailed(
      1,
      Effect.fnUntraced(function*(state) {
        const jobs = join(state, "jobs")
        const precious = join(state, "precious")
        mkdirSync(precious)
        writeFileSync(join(precious, "file"), "precious")
        const foreign = `oracle-${jobId(77)}`
        mkdirSync(join(jobs, foreign))
        writeFileSync(join(jobs, foreign, "job.json"), JSON.stringify({ id: jobId(77), status: "complete" }))
        mkdirSync(join(jobs, "oracle-mine"))
        rmSync(directoryOf(state, 1), { recursive: true })
        symlinkSync(precious, directoryOf(state, 1))
        yield* at(90 * day)
        const swept = yield* sweep()
        assert.strictEqual(swept.troubles.length, 1)
        assert.include(swept.troubles[0], "not a directory of ours")
        assert.strictEqual(readFileSync(join(precious, "file"), "utf8"), "precious")
        assert.isTrue(existsSync(join(jobs, foreign, "job.json")))
        assert.isTrue(existsSync(join(jobs, "oracle-mine")))
      })
    ))

  it.effect("removes copies of damaged databases that are old or many, says so, and touches no other file", () =>
    withFailed(
      0,
      Effect.fnUntraced(function*(state) {
        const copy = (day: string) => `oracle.db.damaged-2026-${day}T10-00-00-000Z`
        const days = ["01-01", "02-10", "02-11", "02-12", "02-13"]
        const names = days.flatMap((day) => ["", "-wal"].map((side) => copy(day) + side))
        const others = ["oracle.db.damaged-yesterday", "oracle.db.damaged-2026-01-01T10-00-00-000Z.mine"]
        for (const name of [...names, ...others]) writeFileSync(join(state, name), "")
        const { copies } = yield* sweep()
        assert.deepStrictEqual(copies.toSorted(), names.slice(0, 4))
        const left = readdirSync(state).filter((name) => name.includes("damaged"))
        assert.deepStrictEqual(left.toSorted(), [...names.slice(4), ...others].toSorted())
        yield* at(40 * day)
        assert.deepStrictEqual((yield* sweep()).copies.toSorted(), names.slice(4))
      })
    ))

  it.effect("finishes a removal that was cut off after the record was gone", () =>
    withFailed(
      1,
      Effect.fnUntraced(function*(state, store) {
        yield* store.remove(jobId(1))
        assert.isTrue(existsSync(directoryOf(state, 1)))
        yield* store.advanceEpoch
        assert.deepStrictEqual(yield* store.list({}), { jobs: [], quarantined: [] })
        yield* sweep()
        assert.isFalse(existsSync(directoryOf(state, 1)))
      })
    ))

  it.effect("keeps a job whose record says otherwise than a removal that was cut off before the record was gone", () =>
    withFailed(
      1,
      Effect.fnUntraced(function*(state, store) {
        const text = readFileSync(mirrorOf(state, 1), "utf8")
        const refused = yield* Effect.flip(store.remove(jobId(1), () => oracleError("job_active", "no")))
        assert.strictEqual(refused.code, "job_active")
        assert.strictEqual(readFileSync(mirrorOf(state, 1), "utf8"), text)
        writeFileSync(mirrorOf(state, 1), "{\n  \"format\": \"oracle-job-removed\"\n}\n")
        yield* sweep()
        assert.strictEqual((yield* store.get(jobId(1))).phase, "failed")
        assert.isTrue(existsSync(directoryOf(state, 1)))
        yield* store.advanceEpoch
        assert.strictEqual(readFileSync(mirrorOf(state, 1), "utf8"), text)
      })
    ))
})

describe("clean", () => {
  it.effect("removes an ended job at once, with everything of it", () =>
    withFailed(
      2,
      Effect.fnUntraced(function*(state, store) {
        yield* clean(jobId(1))
        assert.isFalse(existsSync(directoryOf(state, 1)))
        assert.deepStrictEqual((yield* store.list({})).jobs.map((job) => job.id), [jobId(2)])
        assert.strictEqual((yield* Effect.flip(clean(jobId(1)))).code, "job_not_found")
      })
    ))

  it.effect("refuses a job that runs, and one that is still needed with the time at which it is not", () =>
    withFailed(
      0,
      Effect.fnUntraced(function*(state, store) {
        yield* store.insert(jobRecord(1), created)
        yield* store.admit(jobId(1), room)
        assert.strictEqual((yield* Effect.flip(clean(jobId(1)))).code, "job_active")
        yield* addFailed(store, state, 2, { cleanup: { ...Transition.emptyCleanup, pending: true, lastAt: start } })
        yield* addFailed(store, state, 3, { wakeUp: { ...Transition.emptyWakeUp, lastRequestedAt: start } })
        const errors = yield* Effect.forEach([2, 3], (n) => Effect.flip(clean(jobId(n))))
        assert.deepStrictEqual(errors.map((error) => [error.code, error.facts]), [
          ["clean_postponed", { job: jobId(2), possibleAt: "2026-03-01T10:03:00.000Z" }],
          ["clean_postponed", { job: jobId(3), possibleAt: "2026-03-01T10:02:00.000Z" }]
        ])
        assert.isTrue(existsSync(directoryOf(state, 2)))
        yield* at(120_000)
        yield* clean(jobId(3))
      })
    ))

  it.effect("of all takes a project's ended jobs, and says which stay and why", () =>
    withFailed(
      2,
      Effect.fnUntraced(function*(state, store) {
        yield* addFailed(store, state, 3, {
          projectId: jobRecord(1).projectId,
          wakeUp: { ...Transition.emptyWakeUp, lastRequestedAt: start }
        })
        yield* store.insert(jobRecord(4), created)
        const report = yield* cleanAll({ projectId: jobRecord(1).projectId })
        assert.deepStrictEqual(report.removed, [jobId(2), jobId(1)])
        assert.deepStrictEqual(report.refused.map(({ error, id }) => [id, error.code]), [
          [jobId(4), "job_active"],
          [jobId(3), "clean_postponed"]
        ])
        assert.isTrue(existsSync(directoryOf(state, 4)))
      })
    ))

  it.effect("removes a record that nobody can read, when it is named", () =>
    withFailed(
      1,
      Effect.fnUntraced(function*(state, store) {
        writeFileSync(mirrorOf(state, 1), "{")
        for (const name of ["oracle.db", "oracle.db-wal", "oracle.db-shm"]) rmSync(join(state, name), { force: true })
        yield* store.advanceEpoch
        assert.deepStrictEqual((yield* store.list({})).quarantined.map(({ id }) => id), [jobId(1)])
        const all = yield* cleanAll({})
        assert.deepStrictEqual([all.removed, all.quarantined], [[], [jobId(1)]])
        yield* clean(jobId(1))
        assert.isFalse(existsSync(directoryOf(state, 1)))
        assert.deepStrictEqual(yield* store.list({}), { jobs: [], quarantined: [] })
      })
    ))
})
