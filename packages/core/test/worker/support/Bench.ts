/** A worker over fakes and the memory store, with jobs that are ready to run. */
import { Effect, Fiber, FileSystem, Layer, Path, Result } from "effect"
import * as Digest from "effect/crypto/Digest"
import * as SecureRandom from "effect/crypto/SecureRandom"
import { TestClock } from "effect/testing"
import type { OracleConfig } from "../../../src/config/OracleConfig.ts"
import type { JobId } from "../../../src/domain/Ids.ts"
import type { Job } from "../../../src/domain/Job.ts"
import { isEnded } from "../../../src/domain/JobPhase.ts"
import { type Fence, JobStore } from "../../../src/store/JobStore.ts"
import * as JobStoreMemory from "../../../src/store/JobStoreMemory.ts"
import { StateDirs } from "../../../src/store/StateDirs.ts"
import { JobWorker } from "../../../src/worker/JobWorker.ts"
import { Receipts } from "../../../src/worker/Receipts.ts"
import { SiteThrottle } from "../../../src/worker/SiteThrottle.ts"
import { created, jobId, jobRecord } from "../../store/fixtures.ts"
import { dirs, FakeFiles, FakeProcesses, FakeSeeds } from "./Fakes.ts"
import { FakeSite } from "./FakeSite.ts"

export const prompt = "What is wrong with $& here?\n"

export interface Bench {
  readonly site: FakeSite
  readonly files: FakeFiles
  readonly seeds: FakeSeeds
  readonly processes: FakeProcesses
  readonly layer: Layer.Layer<JobWorker | JobStore | Receipts | SiteThrottle | Digest.Digest>
}

export const bench = (): Bench => {
  const site = new FakeSite()
  const files = new FakeFiles()
  const seeds = new FakeSeeds()
  const processes = new FakeProcesses()
  const layer = JobWorker.layer.pipe(
    Layer.provideMerge(Layer.mergeAll(
      JobStoreMemory.layer,
      Receipts.layer,
      SiteThrottle.layer,
      Digest.layerWebCrypto
    )),
    Layer.provide(Layer.mergeAll(
      site.layer,
      files.layer,
      seeds.layer,
      processes.layer,
      SecureRandom.layerWebCrypto,
      Path.layer,
      FileSystem.layerNoop({ exists: () => Effect.succeed(false) }),
      Layer.succeed(StateDirs, dirs)
    ))
  )
  return { site, files, seeds, processes, layer }
}

export const capacity = { capacity: 2, perAccount: 5 }

/** Admits the n-th job with its prompt and archive on disk; a host's epoch is current. */
export const admitted = Effect.fnUntraced(function*(
  { files }: Pick<Bench, "files">,
  part: Partial<Job> = {},
  n = 1
) {
  const store = yield* JobStore
  const digest = yield* Digest.Digest
  const id = jobId(n)
  const paths = dirs.job(id)
  const record = jobRecord(n, part)
  files.files.set(paths.prompt, prompt)
  const archive = record.archive === null ? null : { ...record.archive, path: paths.archive("tar.zst") }
  if (archive !== null) files.files.set(archive.path, "archive")
  const sha256 = yield* digest.digestHex(Digest.sha256, new TextEncoder().encode(prompt))
  yield* store.insert(
    { ...record, archive, prompt: { path: paths.prompt, sha256, chars: prompt.length } },
    created
  )
  yield* store.admit(id, { ...capacity, wait: true })
  return id
})

export const configWith = (config: OracleConfig, worker: Partial<OracleConfig["worker"]>): OracleConfig => ({
  ...config,
  worker: { ...config.worker, ...worker }
})

/** Lets time pass until the condition holds; dies after `limitMs` of it. */
export const until = Effect.fnUntraced(function*<E, R>(
  condition: Effect.Effect<boolean, E, R>,
  stepMs = 500,
  limitMs = 12 * 3_600_000
) {
  for (let spent = 0; spent < limitMs; spent += stepMs) {
    if (yield* condition) return
    yield* TestClock.adjust(stepMs)
    yield* Effect.yieldNow
  }
  return yield* Effect.die(new Error(`the condition did not hold within ${limitMs} ms`))
})

export const job = (id: JobId) => JobStore.use((store) => Effect.orDie(store.get(id)))

export const ended = (id: JobId) => Effect.map(job(id), (job) => isEnded(job.phase) && !job.cleanup.pending)

/** Runs the worker like a host does: again after each promotion, until the job ended. */
export const runToEnd = Effect.fnUntraced(function*(id: JobId, stepMs = 500) {
  const store = yield* JobStore
  const worker = yield* JobWorker
  const fence = yield* store.advanceEpoch
  const cancelled = cancelOf(id).pipe(Effect.provideService(JobStore, store))
  const host = Effect.gen(function*() {
    while (!isEnded((yield* store.get(id)).phase)) {
      yield* store.promote(fence, capacity)
      yield* worker.run(id, fence, cancelled)
      yield* Effect.sleep(10)
    }
  })
  const fiber = yield* Effect.forkChild(host)
  yield* until(Effect.sync(() => fiber.pollUnsafe() !== undefined), stepMs)
  yield* Fiber.join(fiber)
  return yield* job(id)
})

/** Completes once the job's cancel intent is recorded, as the host would notice it. */
const cancelOf = (id: JobId) =>
  Effect.gen(function*() {
    while ((yield* job(id)).cancel === null) yield* Effect.sleep(50)
  })

export const requestCancel = (id: JobId) =>
  JobStore.use((store) =>
    store.update(id, (job, now) => Result.succeed({ ...job, cancel: { requestedAt: now, reason: "test" } }))
  )

/** A worker on a fiber of its own. */
export const startWorker = Effect.fnUntraced(function*(id: JobId, fence: Fence) {
  const worker = yield* JobWorker
  const store = yield* JobStore
  const cancel = cancelOf(id).pipe(Effect.provideService(JobStore, store))
  return yield* Effect.forkChild(worker.run(id, fence, cancel))
})
