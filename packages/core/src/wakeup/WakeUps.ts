/** Reminds a live session of its jobs that have ended: claims, counts, sends, and keeps what arrived (PRODUCT, section 11). */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Result from "effect/Result"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import type { ProcessRecord } from "../domain/ProcessRecord.ts"
import { Processes } from "../port/Processes.ts"
import { JobStore } from "../store/JobStore.ts"
import * as Listeners from "./Listeners.ts"
import * as Reminder from "./Reminder.ts"

/** The way into a session. Nothing here may throw. */
export interface Outbox {
  /** Id of the session's entry that reminds of this job in this attempt, or null. */
  readonly landed: (job: Job) => string | null
  /** True while a reminder that was sent waits for the session to be free. */
  readonly inFlight: (job: Job) => boolean
  /** Hands a reminder over; false when the session is gone, and then nothing was sent. */
  readonly send: (job: Job, how: { readonly startsTurn: boolean }) => boolean
}

/** Jobs of a project that ended before this many others are not looked at any more. */
const looked = 50
/** A claim is renewed at this age while the session is too busy to deliver. */
const renewMs = Reminder.claimMs / 2

export interface Delivered {
  /** Jobs that the session was reminded of now. */
  readonly reminded: ReadonlyArray<Job>
  /** True when one of its own is still to come. */
  readonly more: boolean
}

/** One look at the ended jobs of the session's project. */
export const deliver = Effect.fn("WakeUps.deliver")(function*(session: Reminder.Session, outbox: Outbox) {
  const store = yield* JobStore
  const { jobs } = yield* store.list({
    projectId: session.projectId,
    statuses: ["complete", "failed", "cancelled"],
    limit: looked
  })
  const reminded: Array<Job> = []
  let more = false
  for (const job of jobs.toReversed()) {
    const attended = yield* attend(job, session, outbox)
    if (attended === "later") more ||= Reminder.isOwn(job, session)
    else if (attended !== null) reminded.push(attended)
  }
  return { reminded, more } satisfies Delivered
})

const attend = Effect.fnUntraced(function*(job: Job, session: Reminder.Session, outbox: Outbox) {
  const { attemptCount, notified, settled } = job.wakeUp
  if (job.sessionId === null || job.requester.kind !== session.kind || notified?.sessionKey === session.key) return null
  if (settled !== null) {
    const entryId = notified === null && attemptCount > 0 ? outbox.landed(job) : null
    return entryId === null ? null : yield* Effect.as(record(job, entryId, session), null)
  }
  const decision = yield* look(job, session, outbox)
  if (decision._tag === "Record") yield* record(job, decision.entryId, session)
  if (decision._tag === "Remind") return yield* remind(job, session, outbox)
  if (outbox.inFlight(job)) yield* renew(job)
  return decision._tag === "Later" ? "later" : null
})

const look = Effect.fnUntraced(function*(job: Job, session: Reminder.Session, outbox: Outbox) {
  const processes = yield* Processes
  const { claimed } = job.wakeUp
  const others = claimed !== null && !isSame(claimed.by, processes.self)
  const live = Reminder.isOwn(job, session) ? new Set<string>() : yield* Listeners.live()
  return Reminder.decide(job, session, {
    originLive: job.sessionId !== null && live.has(job.sessionId),
    claimedByOther: others && (yield* processes.alive(claimed.by)),
    landed: outbox.landed(job),
    inFlight: outbox.inFlight(job)
  }, yield* DateTime.now)
})

const isSame = (one: ProcessRecord, other: ProcessRecord) => Equal.equals(one, other)

/** After the claim everything is looked at again: the session that asked may have come back meanwhile. */
const remind = Effect.fnUntraced(function*(job: Job, session: Reminder.Session, outbox: Outbox) {
  const { self } = yield* Processes
  const claimed = yield* swap(job, (job, now) => Reminder.claim(job, self, now))
  if (claimed === null) return null
  const again = yield* look(claimed, session, outbox)
  if (again._tag === "Record") return yield* Effect.as(record(claimed, again.entryId, session), null)
  if (again._tag !== "Remind") return yield* Effect.as(swap(claimed, Reminder.unclaim), null)
  return yield* send(claimed, session, outbox, again.startsTurn)
})

/** A process that ends in here has used up one attempt; the next one finds out whether it arrived. */
const send = Effect.fnUntraced(
  function*(claimed: Job, session: Reminder.Session, outbox: Outbox, startsTurn: boolean) {
    const words = `reminder ${claimed.wakeUp.attemptCount + 1} of ${Reminder.maxAttempts}`
    const counted = yield* swap(claimed, Reminder.countAttempt, startsTurn ? words : `${words}, to another session`)
    if (counted === null) return null
    if (!outbox.send(counted, { startsTurn })) {
      return yield* Effect.as(swap(counted, (job) => Reminder.uncount(job, claimed), "the session is gone"), null)
    }
    const entryId = outbox.landed(counted)
    if (entryId !== null) yield* record(counted, entryId, session)
    return counted
  },
  Effect.uninterruptible
)

const record = (job: Job, entryId: string, session: Reminder.Session) =>
  swap(job, (job, now) => Reminder.landed(job, entryId, session, now))

const renew = Effect.fnUntraced(function*(job: Job) {
  const { self } = yield* Processes
  const { claimed } = job.wakeUp
  if (claimed === null || !isSame(claimed.by, self)) return
  const age = DateTime.toEpochMillis(yield* DateTime.now) - DateTime.toEpochMillis(claimed.at)
  if (age >= renewMs) yield* swap(job, (job, now) => Reminder.claim(job, self, now))
})

/** Changes the job unless it has changed since it was seen; null when it has. */
const swap = Effect.fnUntraced(
  function*(seen: Job, change: (job: Job, now: DateTime.Utc) => Job, message?: string) {
    const store = yield* JobStore
    let applied = false
    const changed = yield* store.update(seen.id, (job, now) => {
      applied = job.attempt === seen.attempt && job.phase === seen.phase && Equal.equals(job.wakeUp, seen.wakeUp)
      return Result.succeed(applied ? change(job, now) : job)
    }, { events: () => applied && message !== undefined ? [{ source: "client", kind: "wakeup", message }] : [] })
    return applied ? changed : null
  },
  Effect.catchTags({
    IllegalTransition: Effect.die,
    Fenced: Effect.die,
    OracleError: (error) => error.code === "job_not_found" ? Effect.succeed(null) : Effect.fail(error)
  })
)

/** Keeps that an ended job was read, and by whom. A state that cannot be written keeps nobody from reading. */
export const noteRead = (id: JobId, reader: Reminder.Reader) => note(id, (job, now) => Reminder.read(job, reader, now))

/** Keeps that somebody knows how the job ended: nobody is reminded of it any more. */
export const settle = (id: JobId, reader: Reminder.Reader) => note(id, (job, now) => Reminder.settle(job, reader, now))

const note = (id: JobId, change: (job: Job, now: DateTime.Utc) => Job) =>
  JobStore.use((store) => store.update(id, (job, now) => Result.succeed(change(job, now)))).pipe(
    Effect.asVoid,
    Effect.catchTags({
      IllegalTransition: Effect.die,
      Fenced: Effect.die,
      OracleError: (error) => Effect.logWarning(`a reading was not kept: ${error.code}`)
    })
  )
