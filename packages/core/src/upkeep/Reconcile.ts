/** Repairs what a dead host left: runtimes, leases, and jobs that go on from their record. Idempotent. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { OracleConfig } from "../config/OracleConfig.ts"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { isActive, isEnded } from "../domain/JobPhase.ts"
import * as JobTransition from "../domain/JobTransition.ts"
import { oracleError, viewOf } from "../error/OracleError.ts"
import { Processes } from "../port/Processes.ts"
import { SeedProfiles } from "../port/SeedProfiles.ts"
import { archiveBytesOf, neverAdmitted } from "../queue/Seating.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { type EventInput, type Fence, JobStore } from "../store/JobStore.ts"
import { signInTarget } from "../text/SignIn.ts"
import { removeFiles } from "../worker/Released.ts"
import * as Borrowed from "./Borrowed.ts"
import { cleanRuntime } from "./CleanRuntime.ts"
import * as OrphanRuntimes from "./OrphanRuntimes.ts"
import * as Warnings from "./Warnings.ts"

const event = (kind: EventInput["kind"], message: string): ReadonlyArray<EventInput> => [
  { source: "reconcile", kind, message }
]

/** How far back ended jobs are looked at for clean-ups that are still pending. */
const endedLimit = 200
const pendingRetryMs = 180_000

/** Run once by a new host that holds the lock, before it accepts work: no worker of this state directory runs. */
export const atStart = Effect.fn("Reconcile.atStart")(function*(fence: Fence, config: OracleConfig) {
  const store = yield* JobStore
  const open = yield* store.open
  yield* Effect.forEach(open, (job) => cleanJob(job, fence), { discard: true })
  yield* finishPending(fence, 0)
  yield* OrphanRuntimes.removeAll(config)
  yield* removeStaging(config)
  yield* staleLeases(fence)
  const holders = new Set((yield* store.leases).flatMap((lease) => lease.kind === "runtime" ? [lease.job] : []))
  yield* Effect.forEach(
    yield* store.open,
    (job) => job.phase === "preparing" ? failAbandoned(job) : putBack(job, fence, holders.has(job.id), hostDied),
    { discard: true }
  )
})

/** Ends the runtime that the record names, if any, and takes it off the record. */
const cleanJob = Effect.fnUntraced(function*(job: Job, fence: Fence) {
  const { runtime } = job
  if (runtime === null) return true
  const store = yield* JobStore
  const warnings = yield* cleanRuntime(job.config, runtime.id, runtime.browser)
  const pending = warnings.length > 0
  yield* store.update(job.id, (job, now) =>
    Result.succeed({
      ...job,
      runtime: pending || job.runtime?.id !== runtime.id ? job.runtime : null,
      cleanup: {
        pending,
        lastAt: now,
        attempted: [...new Set([...job.cleanup.attempted, "browser" as const, "runtimeProfileDir" as const])],
        warnings: Warnings.merge(job.cleanup.warnings, warnings)
      }
    }), { fence, events: event("cleanup", pending ? "the runtime could not be removed" : "removed the left runtime") })
  return !pending
})

/**
 * Clean-ups that are pending for longer than `olderMs`, or since a time that is yet to come because the clock was set
 * back, are retried: of ended jobs, whose leases are given back meanwhile, and of jobs that wait for the outside. Those
 * that a living client works at wait the full time. Answers how many failed again.
 */
export const finishPending = Effect.fn("Reconcile.finishPending")(
  function*(fence: Fence, olderMs: number = pendingRetryMs) {
    const store = yield* JobStore
    const now = DateTime.toEpochMillis(yield* DateTime.now)
    const isDue = Effect.fnUntraced(function*(job: Job) {
      const age = now - DateTime.toEpochMillis(job.cleanup.lastAt ?? job.phaseAt)
      if (!job.cleanup.pending) return false
      if (job.runtime?.client === undefined) return age >= olderMs || age < 0
      return age >= pendingRetryMs || age < 0 || !(yield* Borrowed.isInUse(job))
    })
    const { jobs } = yield* store.list({ statuses: ["complete", "failed", "cancelled"], limit: endedLimit })
    const known = new Set(jobs.map(({ id }) => id))
    const older = (yield* Borrowed.holders).filter(({ id }) => !known.has(id))
    const ended = yield* Effect.forEach(
      yield* Effect.filter([...jobs, ...older], isDue),
      ({ id }) => finishOne(id, fence)
    )
    const resting = yield* Effect.filter((yield* store.open).filter(isResting), isDue)
    const rested = yield* Effect.forEach(resting, (job) => cleanJob(job, fence))
    return [...ended, ...rested].filter((clean) => !clean).length
  }
)

/** Looks at the job again first: it may have been resumed while others were cleaned up after, and hold leases anew. */
const finishOne = Effect.fnUntraced(function*(id: JobId, fence: Fence) {
  const store = yield* JobStore
  const found = yield* Effect.option(store.get(id))
  if (found._tag === "None" || !isEnded(found.value.phase)) return true
  const job = found.value
  yield* store.release(job.id, ["runtime", "conversation"], fence)
  const clean = yield* cleanJob(job, fence)
  const { stays, without } = yield* removeFiles(job)
  yield* store.update(
    job.id,
    (job, now) => Result.succeed(without({ ...job, cleanup: { ...job.cleanup, pending: !clean, lastAt: now } }, now)),
    { fence }
  )
  return clean && stays.length === 0
})

/** Profiles that a sign-in which died was preparing. */
const removeStaging = Effect.fnUntraced(
  function*(config: OracleConfig) {
    const seeds = yield* SeedProfiles
    const removed = yield* seeds.removeStaging(config)
    if (removed.length > 0) yield* Effect.logInfo(`removed ${removed.length} staged profile(s) of dead sign-ins`)
  },
  (effect) => Effect.catch(effect, (error) => Effect.logWarning(`staged profiles: ${error.message}`))
)

/** Leases of jobs that ended, wait for the outside without a browser, or are gone. */
const staleLeases = Effect.fnUntraced(function*(fence: Fence) {
  const store = yield* JobStore
  const open = new Map((yield* store.open).map((job) => [job.id, job]))
  const used = new Set((yield* Effect.filter(yield* Borrowed.holders, Borrowed.isInUse)).map(({ id }) => id))
  for (const lease of yield* store.leases) {
    const job = open.get(lease.job)
    if (used.has(lease.job)) continue
    if (job === undefined) yield* store.release(lease.job, [lease.kind], fence)
    else if (lease.kind === "runtime" && (!isActive(job.phase) || isResting(job))) {
      yield* store.release(lease.job, ["runtime"], fence)
    }
  }
})

/** True for a job that waits for the outside without a browser. */
export const isResting = (job: Job): boolean => job.blocked !== null && job.phase !== "submitted"

const hostDied = "its host died; the job goes on"

/** A job without a worker goes on: with its lease at once, without one through the queue, where it keeps its age. */
export const putBack = Effect.fn("Reconcile.putBack")(function*(
  job: Job,
  fence: Fence,
  hasLease: boolean,
  why: string
) {
  const store = yield* JobStore
  if (!isActive(job.phase) || job.cancel !== null || isResting(job)) return
  if (hasLease && job.phase === "submitted") return
  yield* store.update(job.id, (job, now) =>
    hasLease
      ? JobTransition.toPhase(job, "submitted", now)
      : Result.map(JobTransition.toPhase(job, "queued", now), (queued) => ({
        ...queued,
        queuedAt: job.queuedAt ?? job.createdAt
      })), { fence, events: event("phase", why) }).pipe(
      Effect.catchTag("IllegalTransition", (illegal) => Effect.logWarning(illegal.message))
    )
})

/**
 * A submission whose client died before it was admitted: it cannot be resumed, so what was packed for it goes. One that was
 * admitted since `job` was read stands: a client ends right after it.
 */
export const failAbandoned = Effect.fn("Reconcile.failAbandoned")(function*(job: Job) {
  const store = yield* JobStore
  const processes = yield* Processes
  const files = yield* JobFiles
  const { owner } = job.requester
  if (job.phase !== "preparing" || owner === null || (yield* processes.alive(owner))) return
  const error = oracleError(
    "submission_interrupted",
    "the process that submitted this job ended before it was admitted"
  )
  const ended = yield* endUnsubmitted(
    job.id,
    (job, now) =>
      job.phase === "preparing"
        ? JobTransition.fail(job, viewOf(error, { job: job.id, site: signInTarget(job) }), now)
        : Result.succeed(job)
  )
  if (!isEnded(ended.phase) || !neverAdmitted(ended)) return
  yield* Effect.ignore(files.removeCopies(job.id), { log: "Warn" })
  yield* Effect.asVoid(store.release(job.id, ["runtime", "conversation"]))
})

/** Until they are removed the files of a job that just ended count as a clean-up to be done, whoever is there to do it. */
const withPendingFiles = (job: Job): Job =>
  archiveBytesOf(job) > 0 ? { ...job, cleanup: { ...job.cleanup, pending: true } } : job

/**
 * Ends a job that never reached a worker and removes its archive, unless it had failed after its admission: then it can
 * be resumed. Written without a fence: clients use it too.
 */
export const endUnsubmitted = Effect.fn("Reconcile.endUnsubmitted")(
  function*(id: JobId, end: Parameters<JobStore["Service"]["update"]>[1]) {
    const store = yield* JobStore
    let endedHere = false
    const change: typeof end = (job, now) =>
      Result.map(end(job, now), (next) => {
        endedHere = !isEnded(job.phase) && isEnded(next.phase)
        return endedHere ? withPendingFiles(next) : next
      })
    const job = yield* store.update(id, change, {
      durable: true,
      events: (job) => event("phase", job.phase)
    }).pipe(
      Effect.catchTags({ IllegalTransition: () => store.get(id), Fenced: Effect.die })
    )
    if (!endedHere) return job
    const { without } = yield* removeFiles(job)
    return yield* store.update(
      id,
      (job, now) => Result.succeed(without({ ...job, cleanup: { ...job.cleanup, pending: job.runtime !== null } }, now))
    ).pipe(
      Effect.catchTag(["IllegalTransition", "Fenced"], Effect.die)
    )
  }
)
