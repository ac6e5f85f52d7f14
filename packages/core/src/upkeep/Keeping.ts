/** How long an ended job is kept, and what keeps it longer (PRODUCT, section 7, "Retention"). Pure. */
import * as DateTime from "effect/DateTime"
import type { Job } from "../domain/Job.ts"
import { isEnded } from "../domain/JobPhase.ts"

/** Whoever was woken gets this long to come and read. */
const wakeUpGraceMs = 120_000
/** The host tries a clean-up that is pending again after so long. */
const pendingRetryMs = 180_000

export type Hold =
  /** Not ended: cancel it first. */
  | { readonly _tag: "Active" }
  /** Ended, but something still needs it; until then at least. */
  | { readonly _tag: "Grace"; readonly reason: string; readonly until: DateTime.Utc }

/** What forbids to remove the job now, even when a person asks for it; null when nothing does. */
export const holdOf = (job: Job, holdsLease: boolean, now: DateTime.Utc): Hold | null => {
  if (!isEnded(job.phase)) return { _tag: "Active" }
  const woken = job.wakeUp.lastRequestedAt
  if (woken !== null && Math.abs(msBetween(woken, now)) < wakeUpGraceMs) {
    return { _tag: "Grace", reason: "a wake-up was just sent", until: later(woken, wakeUpGraceMs) }
  }
  if (!job.cleanup.pending && !holdsLease) return null
  const due = later(job.cleanup.lastAt ?? job.phaseAt, pendingRetryMs)
  const until = DateTime.isGreaterThan(due, now) ? due : later(now, pendingRetryMs)
  return { _tag: "Grace", reason: "its browser and profile are not cleaned up yet", until }
}

/** When the retention of an ended job is over, by the configuration that it was submitted with. */
export const expiryOf = (job: Job): DateTime.Utc => {
  const { completeJobRetentionMs, failedJobRetentionMs } = job.config.cleanup
  return later(job.completedAt ?? job.phaseAt, job.status === "failed" ? failedJobRetentionMs : completeJobRetentionMs)
}

/** True for a job that a sweep removes. */
export const isDue = (job: Job, holdsLease: boolean, now: DateTime.Utc): boolean =>
  holdOf(job, holdsLease, now) === null && !DateTime.isGreaterThan(expiryOf(job), now)

const later = (time: DateTime.Utc, ms: number): DateTime.Utc => DateTime.add(time, { milliseconds: ms })

const msBetween = (from: DateTime.Utc, to: DateTime.Utc): number =>
  DateTime.toEpochMillis(to) - DateTime.toEpochMillis(from)
