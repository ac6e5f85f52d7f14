/** The sweep that removes jobs whose retention is over. Idempotent; only directories with a record of ours are touched. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { JobId } from "../domain/Ids.ts"
import { oracleError } from "../error/OracleError.ts"
import { JobStore } from "../store/JobStore.ts"
import * as DamagedCopies from "./DamagedCopies.ts"
import { isDue } from "./Keeping.ts"
import { finishRemovals, removeJob } from "./Removal.ts"
import * as SweepMark from "./SweepMark.ts"

export interface Swept {
  readonly removed: ReadonlyArray<JobId>
  /** Files of damaged databases that were removed. */
  readonly copies: ReadonlyArray<string>
  /** Why nothing was removed although it was time to look; null otherwise. */
  readonly held: string | null
  /** What could not be removed, one line each. */
  readonly troubles: ReadonlyArray<string>
}

const nothing: Swept = { removed: [], copies: [], held: null, troubles: [] }

/**
 * For a host, at its start and then at any pace: looks at most once an hour, and holds back while the wall clock cannot
 * be trusted. What it did, and why it did not, is logged as well.
 */
export const sweep = Effect.fn("Retention.sweep")(function*() {
  const timing = SweepMark.timingOf(yield* SweepMark.read, yield* SweepMark.reading)
  if (timing._tag === "TooSoon") return nothing
  yield* SweepMark.write(timing.mark)
  const swept = timing._tag === "Held" ? { ...nothing, held: heldBecause(timing.movedMs) } : yield* removeDue()
  if (swept.held !== null) yield* Effect.logWarning(swept.held)
  if (swept.removed.length > 0) yield* Effect.logInfo(`retention: removed ${swept.removed.length} old jobs`)
  if (swept.copies.length > 0) yield* Effect.logInfo(`retention: removed ${swept.copies.join(", ")}`)
  yield* Effect.forEach(swept.troubles, (trouble) => Effect.logWarning(`retention: ${trouble}`), { discard: true })
  return swept
})

const heldBecause = (movedMs: number | null): string => {
  const moved = movedMs === null ? "was set" : `moved by ${Math.round(movedMs / 3_600_000)} hours`
  return `retention: the clock ${moved}; no job is removed for a day, unless the machine restarts`
}

const removeDue = Effect.fnUntraced(function*() {
  const store = yield* JobStore
  const holders = new Set((yield* store.leases).map((lease) => lease.job))
  const { jobs } = yield* store.list({ statuses: ["complete", "failed", "cancelled"], limit: Infinity })
  const copies = yield* DamagedCopies.sweep()
  const now = yield* DateTime.now
  const removed: Array<JobId> = []
  const troubles: Array<string> = [...(yield* finishRemovals())]
  for (const { id } of jobs.filter((job) => isDue(job, holders.has(job.id), now))) {
    const kept = yield* Effect.result(
      removeJob(id, (job, now) => isDue(job, holders.has(id), now) ? null : changed(id))
    )
    if (kept._tag === "Success") removed.push(id)
    else if (!["job_active", "job_not_found"].includes(kept.failure.code)) troubles.push(kept.failure.message)
  }
  return { removed, copies, held: null, troubles } satisfies Swept
})

const changed = (id: JobId) => oracleError("job_active", `job ${id} changed meanwhile`)
