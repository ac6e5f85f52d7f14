/** The rules of every JobStore, over the rows that an implementation keeps. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Schema from "effect/Schema"
import { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { isEnded } from "../domain/JobPhase.ts"
import { oracleError } from "../error/OracleError.ts"
import * as Borrowing from "../lease/Borrowing.ts"
import * as Leasing from "../lease/Leasing.ts"
import { type CrashPointName, reach } from "../port/CrashPoint.ts"
import * as Seating from "../queue/Seating.ts"
import { makeDesk, newer, stamp } from "./Desk.ts"
import { type EventInput, JobStore, type Quarantined } from "./JobStore.ts"
import type { JobTable, Mirror, Row } from "./JobTable.ts"

/** The whole store over any table. */
export const make = (table: JobTable, mirror: Mirror): JobStore["Service"] => {
  const desk = makeDesk(table, mirror)
  const { checkFence, load, publish, save } = desk

  const insert = Effect.fn("JobStore.insert")(function*(job: Job, event: EventInput) {
    const now = yield* DateTime.now
    yield* table.transaction(Effect.gen(function*() {
      if ((yield* table.find(job.id)) !== null) {
        return yield* oracleError("internal_error", `job ${job.id} exists already`)
      }
      yield* save(null, job, [event], now)
    }))
    yield* publish([{ id: job.id, events: stamp([event], now), durable: true }]).pipe(
      Effect.onError(() => Effect.ignore(table.transaction(table.drop(job.id))))
    )
    return job
  }, Effect.uninterruptible)

  const repaired = Effect.fnUntraced(function*(id: string) {
    if (!isJobId(id)) return yield* oracleError("storage_failed", `no job can have the id ${id}`)
    const stored = yield* table.transaction(load(id))
    yield* publish([{ id, events: [], durable: true }])
    return stored
  }, Effect.uninterruptible)

  const get = Effect.fn("JobStore.get")(function*(id: JobId) {
    const row = yield* table.find(id)
    return row?._tag === "Stored" ? row.job : (yield* repaired(id)).job
  })

  const readable = Effect.fnUntraced(function*(rows: ReadonlyArray<Row>) {
    const jobs: Array<Job> = []
    const quarantined: Array<Quarantined> = []
    for (const row of rows) {
      if (row._tag === "Stored") {
        jobs.push(row.job)
        continue
      }
      const stored = yield* Effect.result(repaired(row.id))
      if (stored._tag === "Success") jobs.push(stored.success.job)
      const outcome = stored._tag === "Success" ? "rebuilt from its job.json" : stored.failure.message
      quarantined.push({ id: row.id, reason: `${row.reason}; ${outcome}` })
    }
    return { jobs, quarantined }
  })

  const update = Effect.fn("JobStore.update")(function*(
    id: JobId,
    change: Parameters<JobStore["Service"]["update"]>[1],
    options: Parameters<JobStore["Service"]["update"]>[2] = {}
  ) {
    const now = yield* DateTime.now
    yield* reach("store.update.before")
    const written = yield* table.transaction(Effect.gen(function*() {
      yield* checkFence(options.fence)
      const before = yield* load(id)
      const job = yield* Effect.fromResult(change(before.job, now))
      const events = typeof options.events === "function" ? options.events(job) : options.events ?? []
      if (job !== before.job || events.length > 0) yield* save(before, job, events, now)
      const points = pointsOf(before.job, job)
      yield* reach(points.written)
      return { job, events: stamp(events, now), durable: options.durable ?? isWeighty(before.job, job), points }
    }))
    yield* reach(written.points.committed)
    yield* publish([{ id, ...written }])
    yield* reach(written.points.mirrored)
    return written.job
  }, Effect.uninterruptible)

  const remove = Effect.fn("JobStore.remove")(function*(
    id: JobId,
    objection: Parameters<JobStore["Service"]["remove"]>[1] = () => null
  ) {
    yield* table.transaction(Effect.gen(function*() {
      const row = yield* table.find(id)
      if (row?._tag === "Stored") {
        const { job } = row
        if (!isEnded(job.phase)) {
          return yield* oracleError("job_active", `job ${id} is ${job.status}`, {
            facts: { job: id, status: job.status }
          })
        }
        const refusal = objection(job, yield* DateTime.now)
        if (refusal !== null) return yield* refusal
      }
      if (row?._tag === "Damaged" && row.newer) return yield* newer(id)
      yield* table.drop(id)
      yield* mirror.condemn(id)
    })).pipe(Effect.onError(() => Effect.ignore(mirror.sync([id]))))
  }, Effect.uninterruptible)

  const advanceEpoch = table.transaction(Effect.gen(function*() {
    const epoch = (yield* table.epoch) + 1
    yield* table.setEpoch(epoch)
    return { epoch }
  })).pipe(Effect.uninterruptible, Effect.withSpan("JobStore.advanceEpoch"))

  return JobStore.of({
    insert,
    get,
    list: Effect.fn("JobStore.list")((filter) => Effect.flatMap(table.list(filter), readable)),
    open: Effect.map(Effect.flatMap(table.open, readable), (listing) => listing.jobs),
    update,
    events: Effect.fn("JobStore.events")((id, afterSeq = 0) => table.events(id, afterSeq)),
    ...Seating.make(desk),
    ...Leasing.make(desk),
    ...Borrowing.make(desk),
    remove,
    epoch: table.epoch,
    advanceEpoch,
    changes: table.changes
  })
}

const isJobId = Schema.is(JobId)

type Points = Readonly<Record<"written" | "committed" | "mirrored", CrashPointName>>

const points = <Kind extends "store.update" | "store.end" | "ledger.attempting" | "ledger.confirmed">(kind: Kind) => ({
  written: `${kind}.written`,
  committed: `${kind}.committed`,
  mirrored: `${kind}.mirrored`
} as const)

/** The writes that promises hang on have names of their own. */
const pointsOf = (before: Job, after: Job): Points => {
  const { state } = after.send
  if (state !== before.send.state && (state === "attempting" || state === "confirmed")) return points(`ledger.${state}`)
  return points(isEnded(after.phase) && !isEnded(before.phase) ? "store.end" : "store.update")
}

/** True when more than heartbeat, progress and observation time changed. */
const isWeighty = (before: Job, after: Job): boolean => {
  const lightly: Job = {
    ...after,
    heartbeatAt: before.heartbeatAt,
    progress: before.progress,
    observedMs: before.observedMs
  }
  return !Equal.equals(lightly, before)
}
