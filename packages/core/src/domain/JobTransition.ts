/** The checked changes of a job. Every write of a phase or of the ledger goes through here. */
import type * as DateTime from "effect/DateTime"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { ErrorView } from "../error/OracleError.ts"
import { JobId } from "./Ids.ts"
import type { Job } from "./Job.ts"
import { isEnded, type JobPhase, mayFollow, statusOf } from "./JobPhase.ts"
import { emptyLedger, maySend, type SendLedger } from "./SendLedger.ts"

/** A defect of the caller: the change is not in the table; nothing was changed. */
export class IllegalTransition
  extends Schema.TaggedError<IllegalTransition>("@effect-oracle/core/domain/JobTransition/IllegalTransition")(
    "IllegalTransition",
    { job: JobId, from: Schema.String, to: Schema.String }
  )
{
  override get message(): string {
    return `job ${this.job} cannot go from ${this.from} to ${this.to}`
  }
}

const illegal = (job: Job, to: string, from: string = job.phase) =>
  Result.fail(new IllegalTransition({ job: job.id, from, to }))

const enter = (job: Job, phase: JobPhase, now: DateTime.Utc): Job => ({
  ...job,
  phase,
  status: statusOf(phase),
  phaseAt: now,
  completedAt: isEnded(phase) ? now : job.completedAt,
  queuedAt: phase === "queued" ? job.queuedAt ?? now : job.queuedAt,
  submittedAt: phase === "submitted" ? job.submittedAt ?? now : job.submittedAt,
  progress: isEnded(phase) ? null : job.progress,
  blocked: isEnded(phase) ? null : job.blocked
})

/**
 * Moves an open job to `phase`. An ended job leaves only through {@link resume}; `failed` and `cancelled` are reached
 * only through {@link fail} and {@link cancelled}, which ask for the reason.
 */
export const toPhase = (job: Job, phase: JobPhase, now: DateTime.Utc): Result.Result<Job, IllegalTransition> =>
  isEnded(job.phase) || phase === "failed" || phase === "cancelled" || !mayFollow(job.phase, phase)
    ? illegal(job, phase)
    : Result.succeed(enter(job, phase, now))

/** True for a job that was resumed for the files that its answer lacks: however this attempt ends, it is complete. */
const fetchesFiles = (job: Job): boolean =>
  job.attempt > 1 && job.response?.partial === false && (job.artifacts?.failures ?? 0) > 0

/** Ends an open job as failed, keeping what it has; one that only lacked files is what it was before. */
export const fail = (job: Job, error: ErrorView, now: DateTime.Utc): Result.Result<Job, IllegalTransition> => {
  if (isEnded(job.phase)) return illegal(job, "failed")
  return Result.succeed(
    fetchesFiles(job)
      ? enter(job, "complete_with_artifact_errors", now)
      : { ...enter(job, "failed", now), error }
  )
}

/** Ends an open job as cancelled, which needs a durable cancel intent; one that only lacked files is what it was before. */
export const cancelled = (job: Job, now: DateTime.Utc): Result.Result<Job, IllegalTransition> =>
  isEnded(job.phase) || job.cancel === null
    ? illegal(job, "cancelled")
    : Result.succeed(enter(job, fetchesFiles(job) ? "complete_with_artifact_errors" : "cancelled", now))

/**
 * The only way out of an end, and only of `failed` and `complete_with_artifact_errors` (to fetch the missing files):
 * explicit, counts an attempt and resets the wake-up state.
 */
export const resume = (job: Job, now: DateTime.Utc): Result.Result<Job, IllegalTransition> =>
  !isEnded(job.phase) || !mayFollow(job.phase, "queued") ? illegal(job, "queued") : Result.succeed({
    ...enter({ ...job, queuedAt: null, submittedAt: null }, "queued", now),
    completedAt: null,
    error: null,
    cancel: null,
    attempt: job.attempt + 1,
    starts: 0,
    wakeUp: emptyWakeUp
  })

/** Moves the send ledger along its own table. */
export const ledger = (job: Job, next: SendLedger): Result.Result<Job, IllegalTransition> =>
  isEnded(job.phase) || !maySend(job.send.state, next.state)
    ? illegal(job, `send:${next.state}`, `send:${job.send.state}`)
    : Result.succeed({ ...job, send: next })

/** The user's own decision after `send_outcome_unknown`: forget the unproven attempt so that one more send is allowed. */
export const allowSecondSend = (job: Job): Result.Result<Job, IllegalTransition> =>
  job.phase !== "failed" || job.send.state !== "attempting"
    ? illegal(job, "send:not_started", `send:${job.send.state}`)
    : Result.succeed({ ...job, send: emptyLedger })

export const emptyWakeUp: Job["wakeUp"] = {
  attemptCount: 0,
  lastRequestedAt: null,
  notified: null,
  claimed: null,
  settled: null,
  observed: null
}

export const emptyCleanup: Job["cleanup"] = { pending: false, lastAt: null, attempted: [], warnings: [] }
