/** What `oracle clean` does: removes ended jobs now, whatever their retention says, except those that are still needed. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { JobId, ProjectId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { type ErrorView, type OracleError, oracleError, viewOf } from "../error/OracleError.ts"
import { JobStore } from "../store/JobStore.ts"
import { holdOf } from "./Keeping.ts"
import { finishRemovals, removeJob } from "./Removal.ts"

export interface CleanReport {
  readonly removed: ReadonlyArray<JobId>
  /** Jobs that stay, each with the reason and the next step. */
  readonly refused: ReadonlyArray<{ readonly id: JobId; readonly error: ErrorView }>
  /** Records that cannot be read; they stay until they are named. */
  readonly quarantined: ReadonlyArray<string>
}

/**
 * Removes one ended job, its record and its directory; a damaged record goes too. Fails as `job_not_found`, `job_active`,
 * or `clean_postponed` with the time at which it will be possible.
 */
export const clean = Effect.fn("Oracle.clean")(function*(id: JobId) {
  const store = yield* JobStore
  const found = yield* Effect.result(store.get(id))
  if (found._tag === "Failure" && found.failure.code !== "storage_failed") return yield* found.failure
  const held = (yield* store.leases).some((lease) => lease.job === id)
  yield* removeJob(id, (job, now) => refusal(job, held, now))
})

/** Every ended job of a project, or of all projects. */
export const cleanAll = Effect.fn("Oracle.cleanAll")(function*(filter: { readonly projectId?: ProjectId }) {
  const store = yield* JobStore
  const { jobs, quarantined } = yield* store.list({ ...filter, limit: Infinity })
  const removed: Array<JobId> = []
  const refused: Array<CleanReport["refused"][number]> = []
  for (const { id } of jobs) {
    const outcome = yield* Effect.result(clean(id))
    if (outcome._tag === "Success") removed.push(id)
    else if (outcome.failure.code !== "job_not_found") refused.push({ id, error: viewOf(outcome.failure, { job: id }) })
  }
  yield* finishRemovals()
  return { removed, refused, quarantined: quarantined.map((one) => one.id) } satisfies CleanReport
})

/** What forbids to remove the job now; null when nothing does. */
export const refusal = (job: Job, holdsLease: boolean, now: DateTime.Utc): OracleError | null => {
  const hold = holdOf(job, holdsLease, now)
  if (hold === null) return null
  if (hold._tag === "Active") {
    return oracleError("job_active", `job ${job.id} is ${job.status}`, { facts: { job: job.id, status: job.status } })
  }
  const until = DateTime.formatIso(hold.until)
  return oracleError("clean_postponed", `job ${job.id} cannot be removed before ${until}: ${hold.reason}`, {
    step: `run 'oracle clean ${job.id}' again after ${until}`,
    facts: { job: job.id, possibleAt: until }
  })
}
