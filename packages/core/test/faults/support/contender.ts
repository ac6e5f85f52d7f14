/**
 * One of many processes that want to be the host: takes the lock whenever it can, writes under its fence until it is
 * fenced or has had enough, and submits jobs as a client while another one is the host. Says everything in one log.
 */
import { Effect, Random, Result } from "effect"
import { appendFileSync } from "node:fs"
import type { Job } from "../../../src/domain/Job.ts"
import * as Transition from "../../../src/domain/JobTransition.ts"
import { oracleError, viewOf } from "../../../src/error/OracleError.ts"
import { HostLock } from "../../../src/host/HostLock.ts"
import { type Fence, JobStore } from "../../../src/store/JobStore.ts"
import { created, jobId, jobRecord } from "../../store/fixtures.ts"
import { stateAt } from "../../store/stateDir.ts"
import { ledgerNumber, type Said } from "./StormLog.ts"

const [, , state = "", log = "", number = "0", capacity = "2"] = process.argv
const room = { capacity: Number(capacity), perAccount: 99 }
const done = viewOf(oracleError("outage", "done"))
const conversations = ["c1", "c2", "c3", null]

const say = (kind: Said, ...detail: ReadonlyArray<string | number>) =>
  Effect.sync(() =>
    appendFileSync(log, `${[Number(process.hrtime.bigint() / 1000n), kind, process.pid, ...detail].join(" ")}\n`)
  )

const between = (least: number, most: number) => Random.nextIntBetween(least, most + 1)
let tries = 0

/** A write under the fence, with what an observer needs to tell an accepted stale one. */
const fenced = <A, E>(fence: Fence, write: Effect.Effect<A, E>) =>
  Effect.gen(function*() {
    const one = ++tries
    yield* say("try", fence.epoch, one)
    const written = yield* write
    yield* say("wrote", fence.epoch, one)
    return written
  })

const look = Effect.gen(function*() {
  const leases = yield* (yield* JobStore).leases
  const places = leases.filter((lease) => lease.kind === "runtime").length
  yield* say("saw", places)
  if (places > room.capacity) yield* say("broken", `capacity:${places}`)
  const held = leases.filter((lease) => lease.kind === "conversation").map((lease) => lease.key)
  if (new Set(held).size < held.length) yield* say("broken", "conversation")
})

/** Jobs that wait or run; more would only lengthen the queue. */
const enough = 12
let submissions = 0
const submit = Effect.gen(function*() {
  const store = yield* JobStore
  if ((yield* store.open).length > enough) return yield* look
  const id = (Number(number) + 1) * 100_000 + ++submissions
  const conversationId = conversations[yield* between(0, conversations.length - 1)] ?? null
  yield* store.insert(jobRecord(id, { conversationId }), created)
  yield* store.admit(jobId(id), { ...room, wait: true })
  yield* look
}).pipe(Effect.catchTag("OracleError", (error) => say("refused", error.code)))

const finish = Effect.fnUntraced(function*(job: Job, fence: Fence) {
  const store = yield* JobStore
  if (job.conversationId === null) {
    const wish = `n${yield* between(1, 2)}`
    yield* fenced(fence, store.takeConversation(job.id, wish, fence)).pipe(
      Effect.catchIf((error) => error._tag === "OracleError" && error.code === "conversation_busy", () => Effect.void)
    )
  }
  const events = [{ source: "host", kind: "phase", message: "ended" }] as const
  yield* fenced(fence, store.update(job.id, (job, now) => Transition.fail(job, done, now), { fence, events }))
  yield* store.release(job.id, ["runtime", "conversation"], fence)
})

const round = Effect.fnUntraced(function*(fence: Fence) {
  const store = yield* JobStore
  yield* fenced(
    fence,
    store.update(jobId(ledgerNumber), Result.succeed, {
      fence,
      events: [{ source: "host", kind: "note", message: String(fence.epoch) }]
    })
  )
  yield* fenced(fence, store.promote(fence, room))
  yield* look
  for (const job of yield* store.open) if (job.phase === "submitted") yield* finish(job, fence)
  yield* Effect.sleep(yield* between(0, 5))
})

const reign = Effect.gen(function*() {
  const lock = yield* (yield* HostLock).tryAcquire
  if (lock._tag === "Busy") return false
  yield* say("held")
  const fence = yield* (yield* JobStore).advanceEpoch
  yield* say("epoch", fence.epoch)
  yield* Effect.repeat(round(fence), { times: yield* between(5, 60) }).pipe(
    Effect.catchTag("Fenced", () => say("fenced", fence.epoch))
  )
  yield* say("released")
  return true
}).pipe(
  Effect.scoped,
  Effect.catchTags({
    OracleError: (error) => Effect.as(say("refused", error.code), false),
    IllegalTransition: Effect.die
  })
)

await Effect.runPromise(
  Effect.forever(Effect.gen(function*() {
    if (!(yield* reign)) yield* Effect.repeat(submit, { times: 2 })
    yield* Effect.sleep(yield* between(1, 60))
  })).pipe(Effect.provide(stateAt(state)))
)
