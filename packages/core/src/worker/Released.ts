/** What a worker records and gives back after its browser is closed. */
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { reach } from "../port/CrashPoint.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { type Fence, JobStore } from "../store/JobStore.ts"
import * as Warnings from "../upkeep/Warnings.ts"
import type { JobRun } from "./JobRun.ts"
import { Receipts } from "./Receipts.ts"

const hasTrouble = (warnings: ReadonlyArray<string>): boolean => warnings.length > 0

/** Writes how the release went. What could not be released stays pending, with its runtime, for reconcile. */
export const record = Effect.fnUntraced(function*(run: JobRun, ended: boolean) {
  const { attempted, warnings } = yield* run.cleanup
  const pending = hasTrouble(warnings)
  yield* run.write((job, now) =>
    Result.succeed({
      ...job,
      runtime: pending ? job.runtime : null,
      cleanup: {
        pending: pending || ended,
        lastAt: now,
        attempted: [...new Set([...job.cleanup.attempted, ...attempted])],
        warnings: Warnings.merge(job.cleanup.warnings, warnings)
      }
    }), {
    events: warnings.map((message) => ({ source: "worker" as const, kind: "cleanup" as const, message }))
  })
  yield* reach("release.recorded")
})

/** The last write about an ended job: its archive is removed unless it may still be needed, then nothing is pending. */
const finish = Effect.fnUntraced(function*(run: JobRun) {
  const job = yield* run.job
  const pending = hasTrouble((yield* run.cleanup).warnings)
  const without = yield* removeFiles(job)
  yield* run.write((job, now) => Result.succeed({ ...without(job, now), cleanup: { ...job.cleanup, pending } }))
})

/**
 * Removes what was sent, unless it may still be needed. Answers how the record says so: only a job that is complete or
 * cancelled loses its files, a failed one may be resumed, or was so just now.
 */
export const removeFiles = Effect.fnUntraced(function*(job: Job) {
  const archive = yield* removeArchive(job)
  const attachments = yield* removeAttachments(job)
  return (now: Job, at: DateTime.Utc): Job => ({
    ...now,
    archive: now.archive !== null && archive ? { ...now.archive, deletedAt: at } : now.archive,
    ...(now.attachments !== undefined && attachments ? { attachments: { ...now.attachments, deletedAt: at } } : {})
  })
})

const removeArchive = Effect.fnUntraced(function*(job: Job) {
  const files = yield* JobFiles
  const { archive } = job
  if (archive === null || archive.deletedAt !== null || job.config.archive.keep) return false
  if (job.status !== "complete" && job.status !== "cancelled") return false
  yield* reach("archive.delete.before")
  return yield* files.removeFile(job.id, archive.path).pipe(
    Effect.andThen(reach("archive.delete.after")),
    Effect.as(true),
    Effect.catch((error) => Effect.as(Effect.logWarning(`archive not removed: ${error.code}`), false))
  )
})

/** The copies of files that were sent as they are live as long as the archive does. */
const removeAttachments = Effect.fnUntraced(function*({ attachments, config, id, status }: Job) {
  if (attachments === undefined || attachments.deletedAt !== null || config.archive.keep) return false
  if (status !== "complete" && status !== "cancelled") return false
  const files = yield* JobFiles
  const removed = yield* Effect.result(
    Effect.forEach(attachments.files, ({ path }) => files.removeFile(id, path), { discard: true })
  )
  return removed._tag === "Success"
})

/** Gives back the leases of a job. */
export const leases = Effect.fnUntraced(function*(id: JobId, fence: Fence) {
  const receipts = yield* Receipts
  yield* giveBack(id, fence)
  yield* receipts.publish({ _tag: "Released", job: id })
})

const giveBack = Effect.fnUntraced(function*(id: JobId, fence: Fence) {
  const store = yield* JobStore
  yield* reach("release.before")
  yield* store.release(id, ["runtime", "conversation"], fence)
  yield* reach("release.after")
})

/** The end of an ended job, after its release was recorded: whoever sees that nothing is pending finds nothing. */
export const close = Effect.fnUntraced(function*(run: JobRun) {
  const receipts = yield* Receipts
  yield* giveBack(run.id, run.fence)
  yield* finish(run)
  yield* receipts.publish({ _tag: "Released", job: run.id })
})

/** For a job that ended while it had no browser. */
export const afterEnd = Effect.fnUntraced(function*(run: JobRun) {
  yield* record(run, true)
  yield* close(run)
})
