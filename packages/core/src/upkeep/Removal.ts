/** Removes one ended job: its record atomically, then its directory; and what earlier removals could not finish. */
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import type { OracleError } from "../error/OracleError.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { JobStore } from "../store/JobStore.ts"
import * as MirrorText from "../store/MirrorText.ts"
import { StateDirs } from "../store/StateDirs.ts"

/**
 * Fails as the objection, `job_active` or `job_not_found`. Once the record is gone the job does not come back; a
 * directory that cannot be removed fails this, and is removed by a later sweep.
 */
export const removeJob = Effect.fn("Retention.removeJob")(
  function*(id: JobId, objection: (job: Job, now: DateTime.Utc) => OracleError | null) {
    const store = yield* JobStore
    const files = yield* JobFiles
    yield* store.remove(id, objection)
    yield* files.remove(id)
  }
)

/** Directories of jobs whose record is gone already. Answers what could not be removed. */
export const finishRemovals = Effect.fnUntraced(function*() {
  const store = yield* JobStore
  const files = yield* JobFiles
  const dirs = yield* StateDirs
  const troubles: Array<string> = []
  for (const id of yield* files.list) {
    const head = yield* Effect.orElseSucceed(files.readHead(dirs.job(id).record, MirrorText.removed.length), () => null)
    if (head !== MirrorText.removed) continue
    const found = yield* Effect.result(store.get(id))
    if (found._tag === "Success" || found.failure.code !== "job_not_found") continue
    yield* Effect.catch(files.remove(id), (error) => Effect.sync(() => void troubles.push(error.message)))
  }
  return troubles
})
