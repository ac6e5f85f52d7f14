/** What a worker records and gives back after its browser is closed. */
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { isEnded } from "../domain/JobPhase.ts"
import { reach } from "../port/CrashPoint.ts"
import { neverAdmitted } from "../queue/Seating.ts"
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
  const { stays, without } = yield* removeFiles(job)
  yield* run.write((job, now) => Result.succeed(without({ ...job, cleanup: { ...job.cleanup, pending } }, now)), {
    events: stays.map((message) => ({ source: "worker" as const, kind: "cleanup" as const, message }))
  })
})

/** A job that is complete, cancelled, or was never admitted loses its files; any other may be resumed, or was just now. */
const mayGo = (job: Job): boolean =>
  job.status === "complete" || job.status === "cancelled" || (isEnded(job.phase) && neverAdmitted(job))

/**
 * Removes what was sent, unless it may still be needed. `without` is how the record says so: what could not be removed
 * (`stays`) keeps the clean-up pending, so that a host tries again.
 */
export const removeFiles = Effect.fnUntraced(function*(job: Job) {
  const kept = job.config.archive.keep || !mayGo(job)
  const archive = kept ? null : yield* removeArchive(job)
  const attachments = kept ? null : yield* removeAttachments(job)
  const stays = [archive, attachments].flatMap((removed) => removed?._tag === "Failure" ? [removed.failure] : [])
  const attempted = archive === null && attachments === null ? [] : ["queuedArchive" as const]
  const without = (now: Job, at: DateTime.Utc): Job => ({
    ...now,
    archive: now.archive !== null && archive?._tag === "Success" ? { ...now.archive, deletedAt: at } : now.archive,
    ...(now.attachments !== undefined && attachments?._tag === "Success"
      ? { attachments: { ...now.attachments, deletedAt: at } }
      : {}),
    cleanup: {
      ...now.cleanup,
      pending: now.cleanup.pending || stays.length > 0,
      lastAt: stays.length > 0 ? at : now.cleanup.lastAt,
      attempted: [...new Set([...now.cleanup.attempted, ...attempted])],
      warnings: Warnings.merge(now.cleanup.warnings, stays)
    }
  })
  return { stays, without }
})

/** Null where there is nothing to remove. */
const removeArchive = Effect.fnUntraced(function*({ archive, id }: Job) {
  const files = yield* JobFiles
  if (archive === null || archive.deletedAt !== null) return null
  yield* reach("archive.delete.before")
  return yield* files.removeFile(id, archive.path).pipe(
    Effect.andThen(reach("archive.delete.after")),
    Effect.mapError((error) => `archive not removed: ${error.code}`),
    Effect.result
  )
})

/** The copies of files that were sent as they are live as long as the archive does. */
const removeAttachments = Effect.fnUntraced(function*({ attachments, id }: Job) {
  if (attachments === undefined || attachments.deletedAt !== null) return null
  const files = yield* JobFiles
  return yield* Effect.forEach(attachments.files, ({ path }) => files.removeFile(id, path), { discard: true }).pipe(
    Effect.mapError((error) => `attachments not removed: ${error.code}`),
    Effect.result
  )
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
