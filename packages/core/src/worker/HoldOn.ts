/** A job that waits for the outside: no browser, no runtime lease, its conversation kept, bounded by its limit. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Blocked, Job } from "../domain/Job.ts"
import * as JobTransition from "../domain/JobTransition.ts"
import { mayBeOut } from "../domain/SendLedger.ts"
import { SeedProfiles } from "../port/SeedProfiles.ts"
import { JobStore } from "../store/JobStore.ts"
import { cancelJob, failJob } from "./Conclude.ts"
import { elapsedMs } from "./Elapsed.ts"
import type { JobRun } from "./JobRun.ts"
import { Receipts } from "./Receipts.ts"
import * as Released from "./Released.ts"
import type { CancelRequested, HeldUp } from "./Signals.ts"
import { SiteThrottle } from "./SiteThrottle.ts"
import { observationLimitMs } from "./StepLimits.ts"

const seedLookMs = 15_000

/** Shortest and longest pause before the next try, by reason; in between it is as long as the trouble has lasted. */
const pauses: Record<Exclude<Blocked["reason"], "rate_limit">, readonly [number, number]> = {
  outage: [15_000, 300_000],
  login: [60_000, 900_000],
  challenge: [60_000, 900_000]
}
/** No pause is longer, whatever the clock said when it was recorded. */
const longestMs = 900_000

const retryAtMs = Effect.fnUntraced(function*(job: Job, reason: Blocked["reason"], now: number, since: number) {
  if (reason === "rate_limit") return now + (yield* (yield* SiteThrottle).hit(job))
  const [shortest, longest] = pauses[reason]
  return now + Math.min(longest, Math.max(shortest, now - since))
})

/** The limit of a job that is held up: observation once the prompt is out, time since the trouble began before. */
const overLimit = (job: Job, now: number, since: number): boolean =>
  mayBeOut(job.send) ? job.observedMs >= observationLimitMs(job) : now - since >= job.config.worker.completionTimeoutMs

/**
 * Waits until the trouble may be over, then queues the job for a new worker; `held` is null when an earlier host had
 * begun the wait. Ends the job with the trouble's own error when its limit is reached.
 */
export const holdOn = Effect.fn("JobWorker.holdOn")(
  function*(run: JobRun, cancelled: Effect.Effect<never, CancelRequested>, held: HeldUp | null) {
    const receipts = yield* Receipts
    const store = yield* JobStore
    const job = yield* run.job
    const now = yield* Clock.currentTimeMillis
    const since = job.blocked === null ? now : DateTime.toEpochMillis(job.blocked.since)
    yield* store.release(run.id, ["runtime"], run.fence)
    if (held !== null && overLimit(job, now, since)) {
      yield* failJob(run.id, run.fence, held.error)
      return yield* Released.afterEnd(run)
    }
    const blocked = held === null ? job.blocked : yield* block(run, held, now, since)
    const reason = blocked?.reason ?? "outage"
    const until = blocked?.retryAt == null ? now : DateTime.toEpochMillis(blocked.retryAt)
    yield* receipts.publish({ _tag: "Blocked", job: run.id, reason })
    const began = yield* elapsedMs
    const rest = Effect.sleep(Math.min(longestMs, Math.max(0, until - now)))
    yield* (reason === "login" || reason === "challenge" ? Effect.raceFirst(rest, seedRepaired(job)) : rest).pipe(
      Effect.raceFirst(cancelled),
      Effect.andThen(requeue(run, began)),
      Effect.catchTag("CancelRequested", () => Effect.andThen(cancelJob(run), Released.afterEnd(run)))
    )
  }
)

const block = Effect.fnUntraced(function*(run: JobRun, held: HeldUp, now: number, since: number) {
  const retryAt = yield* retryAtMs(yield* run.job, held.reason, now, since)
  const job = yield* run.write((job) =>
    Result.succeed({
      ...job,
      starts: mayBeOut(job.send) ? job.starts : Math.max(0, job.starts - 1),
      blocked: {
        reason: held.reason,
        since: DateTime.makeUnsafe(since),
        retryAt: DateTime.makeUnsafe(retryAt)
      }
    }), { events: [{ source: "worker", kind: "blocked", message: `${held.reason}: ${held.error.message}` }] })
  return job.blocked
})

/** Gives the job back to the queue, where it keeps its age; its wait counts as observation once the prompt is out. */
const requeue = Effect.fnUntraced(function*(run: JobRun, began: number) {
  const waited = (yield* elapsedMs) - began
  yield* run.change((job, now) =>
    Result.map(JobTransition.toPhase(job, "queued", now), (queued) => ({
      ...queued,
      queuedAt: job.queuedAt ?? job.createdAt,
      observedMs: mayBeOut(job.send) ? job.observedMs + waited : job.observedMs
    })), { events: [{ source: "worker", kind: "phase", message: "trying again" }] })
})

/**
 * Returns when the seed was made anew, or got fresher cookies from another job, since the wait began; at once when it was
 * made after the last try, while no host ran.
 */
const seedRepaired = Effect.fnUntraced(function*(job: Job) {
  const seeds = yield* SeedProfiles
  const key = { site: job.site, account: job.account, config: job.config }
  const found = yield* Effect.result(seeds.check(key))
  if (Result.isSuccess(found) && DateTime.isGreaterThan(found.success.createdAt, job.phaseAt)) return
  const version = Effect.map(
    Effect.result(seeds.check(key)),
    (status) => Result.isSuccess(status) ? [status.success.generation, status.success.revision ?? 0] as const : null
  )
  const before = yield* version
  while (true) {
    yield* Effect.sleep(seedLookMs)
    const now = yield* version
    if (now !== null && (now[0] !== before?.[0] || now[1] !== before[1])) return
  }
})
