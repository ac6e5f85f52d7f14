/** The memory store as one process sees it: each operation is atomic, and the process may die right before or after it. */
import { Effect, PubSub, Stream } from "effect"
import { JobStore } from "../../../src/store/JobStore.ts"
import type { Machine } from "./Machine.ts"
import { never, type SimProcess } from "./World.ts"

/** Longest time until a process notices a write of another one. */
const noticeMs = 400

/** Tells every living process that something changed; one that was told already is not told twice. */
export class Notices {
  private readonly hubs = new Map<SimProcess, { readonly hub: PubSub.PubSub<void>; pending: boolean }>()
  private readonly machine: Machine

  constructor(machine: Machine) {
    this.machine = machine
  }

  of(process: SimProcess): PubSub.PubSub<void> {
    const hub = Effect.runSync(PubSub.sliding<void>({ capacity: 1, replay: 1 }))
    PubSub.publishUnsafe(hub, undefined)
    this.hubs.set(process, { hub, pending: false })
    return hub
  }

  changed(): void {
    for (const [process, entry] of this.hubs) {
      if (!process.alive) {
        this.hubs.delete(process)
        continue
      }
      if (entry.pending) continue
      entry.pending = true
      this.machine.world.after(process, this.machine.prng.between(0, noticeMs), () => {
        entry.pending = false
        PubSub.publishUnsafe(entry.hub, undefined)
      })
    }
  }
}

export const storeOf = (machine: Machine, notices: Notices, process: SimProcess): JobStore["Service"] => {
  const { store } = machine

  const reading = <A, E>(operation: Effect.Effect<A, E>): Effect.Effect<A, E> =>
    Effect.suspend(() => (process.alive ? machine.transact(operation) : never))

  const writing = <A, E>(name: string, operation: Effect.Effect<A, E>): Effect.Effect<A, E> =>
    Effect.suspend(() => {
      if (!process.alive || machine.dies(process, "crashBeforeWrite", name)) return never
      const exit = machine.transact(operation)
      machine.audit()
      if (exit._tag === "Failure" && exit.cause.reasons.some((one) => isFenced(one))) {
        machine.count("fences", `${process.name} is fenced at ${name}`)
      }
      notices.changed()
      return machine.dies(process, "crashAfterWrite", name) ? never : exit
    })

  return JobStore.of({
    insert: (job, event) => writing("insert", store.insert(job, event)),
    get: (id) => reading(store.get(id)),
    list: (filter) => reading(store.list(filter)),
    open: reading(store.open),
    update: (id, change, options) =>
      Effect.suspend(() => {
        if (options?.durable !== false) return writing("update", store.update(id, change, options))
        return writing("light update", store.update(id, change, options))
      }),
    events: (id, afterSeq) => reading(store.events(id, afterSeq)),
    admit: (id, options) => writing("admit", store.admit(id, options)),
    promote: (fence, options) => writing("promote", store.promote(fence, options)),
    leases: reading(store.leases),
    takeConversation: (id, conversation, fence) =>
      writing("takeConversation", store.takeConversation(id, conversation, fence)),
    borrow: (id, runtime, room) => writing("borrow", store.borrow(id, runtime, room)),
    release: (id, kinds, fence) => writing("release", store.release(id, kinds, fence)),
    remove: (id) => writing("remove", store.remove(id)),
    epoch: reading(store.epoch),
    advanceEpoch: writing("advanceEpoch", store.advanceEpoch),
    changes: Stream.suspend(() => Stream.fromPubSub(notices.of(process)))
  })
}

const isFenced = (reason: { readonly _tag: string }): boolean =>
  "error" in reason && typeof reason.error === "object" && reason.error !== null && "_tag" in reason.error &&
  reason.error._tag === "Fenced"
