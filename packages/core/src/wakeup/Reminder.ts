/** What a listening session does about a job that has ended, and what a reading means (PRODUCT, section 11). Pure. */
import * as DateTime from "effect/DateTime"
import type { ProjectId } from "../domain/Ids.ts"
import type { Job, RequesterKind } from "../domain/Job.ts"
import { isEnded } from "../domain/JobPhase.ts"
import type { ProcessRecord } from "../domain/ProcessRecord.ts"

/** A session that can be woken. Its key stays the same when it is reloaded or opened again. */
export interface Session {
  readonly kind: typeof RequesterKind.Type
  readonly key: string
  readonly file: string | null
  readonly projectId: ProjectId
}

/** The n-th attempt comes so long after the one before it. */
const delaysMs = [0, 15_000, 60_000]
export const maxAttempts = delaysMs.length
/** A claim of a process that is alive holds for so long. */
export const claimMs = 60_000
/** A session that was just closed may come back, so others leave its jobs alone for so long. */
const adoptionMs = 15_000

/** A follow-up is refused until the browser is gone and the conversation free; that takes no longer, as a rule. */
const cleanupMs = 10_000

/** What is true around the record at the moment of the decision. */
export interface Surroundings {
  /** A live process listens for the session that asked. */
  readonly originLive: boolean
  /** The process that holds the claim runs, and is not the one that decides. */
  readonly claimedByOther: boolean
  /** Id of the entry of this job and attempt in the deciding session, or null. */
  readonly landed: string | null
  /** The deciding session has sent the reminder and has not come to deliver it yet. */
  readonly inFlight: boolean
}

export type Decision =
  | { readonly _tag: "Leave" }
  /** Nothing yet; look again then. */
  | { readonly _tag: "Later"; readonly at: DateTime.Utc }
  /** A reminder arrived that the record does not know of: no other one is sent. */
  | { readonly _tag: "Record"; readonly entryId: string }
  | { readonly _tag: "Remind"; readonly startsTurn: boolean }

const leave: Decision = { _tag: "Leave" }

export const isOwn = (job: Job, session: Session): boolean => job.sessionId === session.key

/** True for jobs of this kind of requester and project that have told their session nothing yet. */
const concerns = (job: Job, session: Session): boolean =>
  isEnded(job.phase) && job.projectId === session.projectId && job.requester.kind === session.kind
  && job.sessionId !== null && job.wakeUp.settled === null && !failedAtSubmission(job)

/** The submission itself reported that failure. */
const failedAtSubmission = (job: Job): boolean => job.status === "failed" && job.host === null

export const decide = (job: Job, session: Session, around: Surroundings, now: DateTime.Utc): Decision => {
  if (!concerns(job, session)) return leave
  const { attemptCount, claimed, lastRequestedAt, notified } = job.wakeUp
  const own = isOwn(job, session)
  if (notified?.sessionKey === session.key) return leave
  if (around.landed !== null) return { _tag: "Record", entryId: around.landed }
  if (!own && (notified !== null || around.originLive)) return leave
  const delayMs = delaysMs[attemptCount]
  if (delayMs === undefined || around.inFlight) return leave
  if (claimed !== null && around.claimedByOther && isWithin(claimed.at, claimMs, now)) {
    return { _tag: "Later", at: after(claimed.at, claimMs) }
  }
  const since = lastRequestedAt ?? job.completedAt ?? job.phaseAt
  const waitMs = Math.max(delayMs, own ? 0 : adoptionMs, job.cleanup.pending ? cleanupMs : 0)
  return isWithin(since, waitMs, now)
    ? { _tag: "Later", at: after(since, waitMs) }
    : { _tag: "Remind", startsTurn: own }
}

/** False also for a time in the future: a clock that was set back delays nothing. */
const isWithin = (since: DateTime.Utc, ms: number, now: DateTime.Utc): boolean => {
  const passed = DateTime.toEpochMillis(now) - DateTime.toEpochMillis(since)
  return passed >= 0 && passed < ms
}

const after = (time: DateTime.Utc, ms: number): DateTime.Utc => DateTime.add(time, { milliseconds: ms })

export const claim = (job: Job, by: ProcessRecord, now: DateTime.Utc): Job =>
  withWakeUp(job, { claimed: { at: now, by } })

/** Counted before anything is sent, so that a crash never makes more reminders than are allowed. */
export const countAttempt = (job: Job, now: DateTime.Utc): Job =>
  withWakeUp(job, { attemptCount: job.wakeUp.attemptCount + 1, lastRequestedAt: now })

/** The attempt that was counted last sent nothing. */
export const uncount = (job: Job, before: Job): Job =>
  withWakeUp(job, {
    attemptCount: before.wakeUp.attemptCount,
    lastRequestedAt: before.wakeUp.lastRequestedAt,
    claimed: null
  })

export const landed = (job: Job, entryId: string, session: Session, now: DateTime.Utc): Job =>
  withWakeUp(job, { notified: { at: now, entryId, sessionKey: session.key }, claimed: null })

export const unclaim = (job: Job): Job => withWakeUp(job, { claimed: null })

/** Who read an ended job, or learnt of its end in another way, and how. */
export interface Reader {
  /** The surface, e.g. `cli` or `oracle_read`. */
  readonly source: string
  readonly sessionFile: string | null
  readonly sessionKey: string | null
}

/** A surface without sessions. */
export const readerOf = (source: string): Reader => ({ source, sessionFile: null, sessionKey: null })

/**
 * A reading before the first attempt is an observation, and the first reminder still comes; one after it settles the
 * job. The first of each is kept.
 */
export const read = (job: Job, reader: Reader, now: DateTime.Utc): Job => {
  if (!isEnded(job.phase) || job.sessionId === null) return job
  if (job.wakeUp.attemptCount > 0) return settle(job, reader, now)
  return job.wakeUp.observed !== null ? job : withWakeUp(job, { observed: { at: now, ...reader } })
}

/** Ends the reminders: the reader knows how the job ended. The first settlement is kept. */
export const settle = (job: Job, reader: Reader, now: DateTime.Utc): Job =>
  !isEnded(job.phase) || job.sessionId === null || job.wakeUp.settled !== null ? job : withWakeUp(job, {
    settled: { at: now, ...reader, beforeFirstAttempt: job.wakeUp.attemptCount === 0 },
    claimed: null
  })

const withWakeUp = (job: Job, part: Partial<Job["wakeUp"]>): Job => ({ ...job, wakeUp: { ...job.wakeUp, ...part } })
