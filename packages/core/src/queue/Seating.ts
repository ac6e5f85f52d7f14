/** Carries out admission decisions: phases, leases and events of the jobs that get a place, in one transaction. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import type { EventSource, JobEvent } from "../domain/JobEvent.ts"
import { isEnded } from "../domain/JobPhase.ts"
import { toPhase } from "../domain/JobTransition.ts"
import { oracleError } from "../error/OracleError.ts"
import { conversationBusy } from "../lease/Leasing.ts"
import { reach } from "../port/CrashPoint.ts"
import type { Desk } from "../store/Desk.ts"
import type { EventInput, Fence, JobStore } from "../store/JobStore.ts"
import type { Stored } from "../store/JobTable.ts"
import * as Admission from "./Admission.ts"

type Written = { readonly id: JobId; readonly events: ReadonlyArray<JobEvent>; readonly durable: true }

export const make = (desk: Desk): Pick<JobStore["Service"], "admit" | "promote"> => {
  const seat = Effect.fnUntraced(function*(row: Stored, source: EventSource, now: DateTime.Utc) {
    const next = toPhase(row.job, "submitted", now)
    if (Result.isFailure(next)) return null
    const events: ReadonlyArray<EventInput> = [{ source, kind: "phase", message: "submitted" }]
    const { epoch } = yield* desk.save(row, next.success, events, now)
    for (const lease of Admission.leasesOf(candidateOf(row.job, now))) {
      yield* desk.table.putLease({ ...lease, epoch, takenAt: now })
    }
    return next.success
  })

  const seatAll = Effect.fnUntraced(function*(ids: ReadonlyArray<JobId>, source: EventSource, now: DateTime.Utc) {
    const seated: Array<Job> = []
    for (const id of ids) {
      const job = yield* Effect.flatMap(desk.load(id), (row) => seat(row, source, now)).pipe(
        Effect.catchTag(
          "OracleError",
          (error) => error.code === "storage_failed" ? Effect.succeed(null) : Effect.fail(error)
        )
      )
      if (job !== null) seated.push(job)
    }
    return seated
  })

  const snapshot = Effect.gen(function*() {
    return { ...(yield* desk.table.queue), leases: yield* desk.table.leases }
  })

  const promote = Effect.fn("JobStore.promote")(function*(fence: Fence, room: Admission.Room) {
    const now = yield* DateTime.now
    yield* reach("store.promote.before")
    const promoted = yield* desk.table.transaction(Effect.gen(function*() {
      yield* desk.checkFence(fence)
      const { candidates, leases } = yield* snapshot
      const seated = yield* seatAll(Admission.promote(candidates, leases, room), "host", now)
      if (seated.length > 0) yield* reach("store.promote.written")
      return seated
    }))
    if (promoted.length > 0) yield* reach("store.promote.committed")
    yield* desk.publish(promoted.map((job) => written(job, "host", now)))
    if (promoted.length > 0) yield* reach("store.promote.mirrored")
    return promoted
  }, Effect.uninterruptible)

  const decide = Effect.fnUntraced(function*(row: Stored, options: AdmitOptions, now: DateTime.Utc) {
    const { job } = row
    const { candidates, leases, retainedBytes } = yield* snapshot
    if (job.phase === "queued") {
      return { promoted: yield* seatAll(Admission.promote(candidates, leases, options), "client", now), outcome: null }
    }
    const decision = Admission.admit(candidateOf(job, now), candidates, leases, options, job.config.queue, {
      wait: options.wait,
      retainedBytes
    })
    const promoted = yield* seatAll(decision.promoted, "client", now)
    if (decision.outcome._tag === "Submitted") {
      const seated = yield* seat(row, "client", now)
      return { promoted: seated === null ? promoted : [...promoted, seated], outcome: null }
    }
    if (decision.outcome._tag === "Queued") {
      const queued = yield* Effect.orDie(Effect.fromResult(toPhase(job, "queued", now)))
      yield* desk.save(row, queued, [{ source: "client", kind: "phase", message: "queued" }], now)
      return { promoted: [...promoted, queued], outcome: null }
    }
    return { promoted, outcome: decision.outcome }
  })

  const admit = Effect.fn("JobStore.admit")(function*(id: JobId, options: AdmitOptions) {
    const now = yield* DateTime.now
    const { outcome, promoted } = yield* desk.table.transaction(Effect.gen(function*() {
      const row = yield* desk.load(id)
      if (isEnded(row.job.phase)) return yield* ended(row.job)
      if (row.job.phase !== "preparing" && row.job.phase !== "queued") return { promoted: [], outcome: null }
      return yield* decide(row, options, now)
    }))
    yield* desk.publish(promoted.map((job) => written(job, "client", now)))
    if (outcome?._tag === "ConversationBusy") return yield* conversationBusy(desk, outcome.holder)
    if (outcome?._tag === "QueueFull") return yield* queueFull(outcome.blocking)
    return (yield* desk.load(id)).job
  }, Effect.uninterruptible)

  return { admit, promote }
}

type AdmitOptions = Parameters<JobStore["Service"]["admit"]>[1]

const millis = DateTime.toEpochMillis

/** The facts of admission of a job; one that was not queued yet stands at the end of the queue. */
export const candidateOf = (job: Job, now: DateTime.Utc): Admission.Candidate => ({
  id: job.id,
  site: job.site,
  account: job.account,
  queuedAt: millis(job.queuedAt ?? now),
  createdAt: millis(job.createdAt),
  conversation: job.conversationId,
  archiveBytes: archiveBytesOf(job)
})

/** True for a job that has neither a place in the queue nor one among those that run, and never had. */
export const neverAdmitted = ({ queuedAt, submittedAt }: Job): boolean => queuedAt === null && submittedAt === null

/** Bytes of the job's archive and attachments that are still on disk. */
export const archiveBytesOf = ({ archive, attachments }: Job): number =>
  (archive === null || archive.deletedAt !== null ? 0 : archive.bytes) +
  (attachments === undefined || attachments.deletedAt !== null
    ? 0
    : attachments.files.reduce((sum, { bytes }) => sum + bytes, 0))

/** Bytes that count against the queue although the job left it: its archive still waits for deletion. */
export const retainedBytesOf = (job: Job): number =>
  isEnded(job.phase) && job.submittedAt === null && job.cleanup.pending ? archiveBytesOf(job) : 0

const written = (job: Job, source: EventSource, now: DateTime.Utc): Written => ({
  id: job.id,
  events: [{ at: now, source, kind: "phase", message: job.phase }],
  durable: true
})

const ended = (job: Job) =>
  Effect.fail(
    job.error === null
      ? oracleError("cancelled", `job ${job.id} is ${job.phase}`)
      : oracleError(job.error.code, job.error.message)
  )

const queueFull = (blocking: ReadonlyArray<JobId>) => {
  const named = blocking.slice(0, 5).join(", ")
  const more = blocking.length > 5 ? ` and ${blocking.length - 5} more` : ""
  const detail = blocking.length === 0
    ? "the archive alone is larger than the queue may hold"
    : `the queue is full: ${named}${more} wait before it`
  return Effect.fail(oracleError("queue_full", detail, { facts: { jobs: blocking.slice(0, 20) } }))
}
