/** Hosts over one store, one lock and one set of fakes, as processes over one state directory would be. */
import { Effect, FileSystem, Layer, Path, PubSub } from "effect"
import * as Digest from "effect/crypto/Digest"
import { defaultConfig, type OracleConfig } from "../../../src/config/OracleConfig.ts"
import type { JobId } from "../../../src/domain/Ids.ts"
import { isEnded } from "../../../src/domain/JobPhase.ts"
import * as Host from "../../../src/host/Host.ts"
import * as HostRuntime from "../../../src/host/HostRuntime.ts"
import { HostSettings } from "../../../src/host/HostSettings.ts"
import { JobStore } from "../../../src/store/JobStore.ts"
import * as JobStoreMemory from "../../../src/store/JobStoreMemory.ts"
import { StateDirs } from "../../../src/store/StateDirs.ts"
import { type Receipt, Receipts } from "../../../src/worker/Receipts.ts"
import { dirs, FakeFiles, FakeLock, FakeProcesses, FakeSeeds } from "../../worker/support/Fakes.ts"
import { FakeSite } from "../../worker/support/FakeSite.ts"

export const hostBench = (config: OracleConfig = defaultConfig) => {
  const site = new FakeSite()
  const files = new FakeFiles()
  const seeds = new FakeSeeds()
  const processes = new FakeProcesses()
  const lock = new FakeLock()
  const world = { config }
  const fileSystem = FileSystem.layerNoop({
    exists: (path) => Effect.sync(() => files.files.has(path)),
    remove: (path) => Effect.sync(() => void files.files.delete(path)),
    makeDirectory: () => Effect.void,
    access: () => Effect.void,
    realPath: (path) => Effect.succeed(path)
  })
  const layer = Layer.mergeAll(
    JobStoreMemory.layer,
    Digest.layerWebCrypto,
    site.layer,
    files.layer,
    seeds.layer,
    processes.layer,
    lock.layer,
    Path.layer,
    fileSystem,
    Layer.succeed(HostSettings, { current: Effect.sync(() => world.config) }),
    Layer.succeed(StateDirs, dirs)
  )
  return { site, files, seeds, processes, lock, world, layer }
}
export type HostBench = ReturnType<typeof hostBench>

/** A host of its own workers, on a fiber; `seen` collects its milestones. */
export const startHost = Effect.fnUntraced(function*(seen: Array<Receipt> = [], embedded = false, stay = false) {
  const host = Effect.gen(function*() {
    const receipts = yield* (yield* Receipts).subscribe
    yield* Effect.forkScoped(Effect.forever(Effect.map(PubSub.take(receipts), (receipt) => seen.push(receipt))))
    return yield* Host.run({ version: "1.0.0", embedded, stay })
  })
  return yield* Effect.forkChild(
    Effect.scoped(host).pipe(Effect.provide(Layer.fresh(HostRuntime.layer), { local: true }))
  )
})

/**
 * The process of the host is gone: its browsers die, the kernel gives its lock back, and nothing that its fibers still
 * write gets through, because the next host advances the epoch.
 */
export const killHost = Effect.fnUntraced(function*({ lock, site }: HostBench) {
  const store = yield* JobStore
  yield* store.advanceEpoch
  yield* site.crash()
  lock.held = false
})

export const allEnded = (ids: ReadonlyArray<JobId>) =>
  JobStore.use((store) =>
    Effect.map(
      Effect.forEach(ids, (id) => store.get(id)),
      (jobs) => jobs.every((job) => isEnded(job.phase) && !job.cleanup.pending)
    )
  )
