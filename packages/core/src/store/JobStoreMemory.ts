/** A JobStore without I/O: the same rules over maps, for tests of what stands on the store. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as PubSub from "effect/PubSub"
import * as Semaphore from "effect/Semaphore"
import * as Stream from "effect/Stream"
import type { JobId } from "../domain/Ids.ts"
import { isEnded } from "../domain/JobPhase.ts"
import { candidateOf, retainedBytesOf } from "../queue/Seating.ts"
import { JobStore, type Lease } from "./JobStore.ts"
import * as Rules from "./JobStoreRules.ts"
import type { JobTable, Mirror, NumberedEvent, Stored } from "./JobTable.ts"

interface World {
  readonly rows: ReadonlyMap<JobId, Stored>
  readonly events: ReadonlyMap<JobId, ReadonlyArray<NumberedEvent>>
  readonly leases: ReadonlyArray<Lease>
  readonly epoch: number
}

const make = Effect.gen(function*() {
  const lock = yield* Semaphore.make(1)
  const changed = yield* PubSub.sliding<void>({ capacity: 1, replay: 1 })
  yield* PubSub.publish(changed, undefined)
  let world: World = { rows: new Map(), events: new Map(), leases: [], epoch: 0 }

  const sorted = () => [...world.rows.values()].toSorted((a, b) => (a.job.id < b.job.id ? -1 : 1))
  const set = (part: Partial<World>) =>
    Effect.sync(() => {
      world = { ...world, ...part }
    })
  const transaction: JobTable["transaction"] = (body) =>
    Effect.suspend(() => {
      const before = world
      return body.pipe(
        Effect.onError(() => set(before)),
        Effect.tap(() => before === world ? Effect.void : PubSub.publish(changed, undefined))
      )
    }).pipe(Semaphore.withPermit(lock))

  const table: JobTable = {
    transaction,
    find: (id) => Effect.sync(() => world.rows.get(id) ?? null),
    list: (filter) =>
      Effect.sync(() =>
        sorted().toReversed().filter(({ job }) =>
          (filter.projectId === undefined || job.projectId === filter.projectId) &&
          (filter.statuses === undefined || filter.statuses.includes(job.status))
        ).slice(0, filter.limit ?? 50)
      ),
    open: Effect.sync(() => sorted().filter(({ job }) => !isEnded(job.phase))),
    put: (row, events) => {
      const past = world.events.get(row.job.id) ?? []
      const added = events.map((event, index) => ({ ...event, seq: past.length + index + 1 }))
      return set({
        rows: new Map(world.rows).set(row.job.id, row),
        events: new Map(world.events).set(row.job.id, [...past, ...added])
      })
    },
    drop: (id) => {
      const rows = new Map(world.rows)
      const events = new Map(world.events)
      rows.delete(id)
      events.delete(id)
      return set({ rows, events, leases: world.leases.filter((lease) => lease.job !== id) })
    },
    events: (id, afterSeq) => Effect.sync(() => (world.events.get(id) ?? []).filter((event) => event.seq > afterSeq)),
    queue: Effect.sync(() => {
      const jobs = [...world.rows.values()].map(({ job }) => job)
      return {
        candidates: jobs.filter((job) => job.phase === "queued" && job.cancel === null)
          .map((job) => candidateOf(job, job.createdAt)),
        retainedBytes: jobs.reduce((sum, job) => sum + retainedBytesOf(job), 0)
      }
    }),
    leases: Effect.sync(() => world.leases),
    putLease: (lease) =>
      set({ leases: [...world.leases.filter((held) => held.kind !== lease.kind || held.job !== lease.job), lease] }),
    dropLeases: (id, kinds, maxEpoch) =>
      set({
        leases: world.leases.filter((held) => held.job !== id || !kinds.includes(held.kind) || held.epoch > maxEpoch)
      }),
    epoch: Effect.sync(() => world.epoch),
    setEpoch: (epoch) => set({ epoch }),
    changes: Stream.fromPubSub(changed)
  }
  return Rules.make(table, noMirror)
})

const noMirror: Mirror = {
  sync: () => Effect.void,
  log: () => Effect.void,
  restore: () => Effect.succeed(null),
  condemn: () => Effect.void
}

/** Each build is a store of its own. */
export const layer: Layer.Layer<JobStore> = Layer.effect(JobStore, make)
