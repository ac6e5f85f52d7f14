/** One look of the host at the open jobs: cancels, starts, promotes. Answers what is left to do. */
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Result from "effect/Result"
import { defaultConfig, type OracleConfig } from "../config/OracleConfig.ts"
import type { Job } from "../domain/Job.ts"
import { isActive } from "../domain/JobPhase.ts"
import * as JobTransition from "../domain/JobTransition.ts"
import { type Fence, Fenced, JobStore } from "../store/JobStore.ts"
import * as Reconcile from "../upkeep/Reconcile.ts"
import { Workers } from "../worker/Workers.ts"
import { HostSettings } from "./HostSettings.ts"
import { roomOf } from "./SiteRoom.ts"

/** The global configuration now; while it cannot be read, the last one that could. */
export const settings = Effect.fnUntraced(function*(last: Ref.Ref<OracleConfig>) {
  const current = yield* Effect.result((yield* HostSettings).current)
  if (Result.isSuccess(current)) yield* Ref.set(last, current.success)
  else yield* Effect.logWarning(`settings kept as they were: ${current.failure.message}`)
  return yield* Ref.get(last)
})

export const noSettings = Ref.make<OracleConfig>(defaultConfig)

/** True when nothing is open and nothing runs; fails as `Fenced` when another host came after this one. */
export const tick = Effect.fn("Host.tick")(
  function*(fence: Fence, last: Ref.Ref<OracleConfig>) {
    const store = yield* JobStore
    const workers = yield* Workers
    const current = yield* store.epoch
    if (current !== fence.epoch) return yield* new Fenced({ held: fence.epoch, current })
    const jobs = yield* store.open
    const running = yield* workers.running
    for (const job of jobs) {
      if (job.phase === "preparing") yield* Reconcile.failAbandoned(job)
      else if (job.cancel !== null) yield* running.has(job.id) ? workers.cancel(job.id) : cancelUnowned(job, fence)
      else if (isActive(job.phase) && !running.has(job.id)) yield* startOrQueue(job, fence)
    }
    if (jobs.some((job) => job.phase === "queued" && job.cancel === null)) {
      const promoted = yield* store.promote(fence, yield* roomOf(yield* settings(last)))
      yield* Effect.forEach(promoted, (job) => workers.start(job.id, fence), { discard: true })
    }
    return jobs.length === 0 && running.size === 0
  }
)

/**
 * A job that was resumed while its former worker still gave back what it held has lost the lease that it was promoted
 * with: it takes its turn again, so that capacity holds.
 */
const startOrQueue = Effect.fnUntraced(function*(job: Job, fence: Fence) {
  const store = yield* JobStore
  const workers = yield* Workers
  const seated = (yield* store.leases).some((lease) => lease.kind === "runtime" && lease.job === job.id)
  if (seated || Reconcile.isResting(job)) yield* workers.start(job.id, fence)
  else yield* Reconcile.putBack(job, fence, false, "its place was given back; the job goes on")
})

/** A cancelled job without a worker ends at once; a runtime that an earlier host could not remove stays to be removed. */
const cancelUnowned = Effect.fnUntraced(function*(job: Job, fence: Fence) {
  const store = yield* JobStore
  yield* Reconcile.endUnsubmitted(job.id, (job, now) =>
    Result.map(JobTransition.cancelled(job, now), (ended) => ({
      ...ended,
      cleanup: { ...ended.cleanup, pending: job.runtime !== null }
    })))
  yield* store.release(job.id, ["runtime", "conversation"], fence)
})
