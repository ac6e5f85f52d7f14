/** What every rule of the store works with: a trusted row to read, a next step to write, the fence, the copies. */
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import type { JobEvent } from "../domain/JobEvent.ts"
import type { JobPhase } from "../domain/JobPhase.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { type EventInput, type Fence, Fenced } from "./JobStore.ts"
import type { JobTable, Mirror, Row, Stored } from "./JobTable.ts"

/** The ways to read and write one job inside a transaction. */
export interface Desk {
  readonly table: JobTable
  /** The trusted row; repairs a lost or damaged one from its copy. Fails as `job_not_found`, `store_newer` or `storage_failed`. */
  readonly load: (id: JobId) => Effect.Effect<Stored, OracleError>
  /** Writes the changed job as the next step of its history. */
  readonly save: (
    before: Stored | null,
    job: Job,
    events: ReadonlyArray<EventInput>,
    now: DateTime.Utc
  ) => Effect.Effect<Stored, OracleError>
  readonly checkFence: (fence: Fence | undefined) => Effect.Effect<void, OracleError | Fenced>
  /** After the commit: brings the copies and event logs of these jobs up to date. */
  readonly publish: (
    written: ReadonlyArray<{ readonly id: JobId; readonly events: ReadonlyArray<JobEvent>; readonly durable: boolean }>
  ) => Effect.Effect<void, OracleError>
}

export const makeDesk = (table: JobTable, mirror: Mirror): Desk => ({
  table,
  load: Effect.fnUntraced(function*(id: JobId) {
    const kept = yield* table.find(id)
    if (kept?._tag === "Damaged" && kept.newer) return yield* newer(id)
    const restored = yield* mirror.restore(id, kept)
    if (restored !== null) return restored
    const row = yield* found(id, kept)
    if (row._tag === "Stored") return row
    return yield* oracleError("storage_failed", `the record of job ${id} is damaged: ${row.reason}`)
  }),
  save: Effect.fnUntraced(function*(
    before: Stored | null,
    job: Job,
    events: ReadonlyArray<EventInput>,
    now: DateTime.Utc
  ) {
    const stored: Stored = {
      _tag: "Stored",
      job,
      epoch: yield* table.epoch,
      seq: (before?.seq ?? 0) + 1,
      uploadReached: (before?.uploadReached ?? false) || mayHaveSent.has(job.phase) || job.send.state !== "not_started"
    }
    yield* table.put(stored, stamp(events, now))
    return stored
  }),
  checkFence: Effect.fnUntraced(function*(fence: Fence | undefined) {
    if (fence === undefined) return
    const current = yield* table.epoch
    if (current !== fence.epoch) return yield* new Fenced({ held: fence.epoch, current })
  }),
  publish: Effect.fnUntraced(function*(written) {
    const durable = written.filter((one) => one.durable).map((one) => one.id)
    const synced = durable.length === 0 ? Exit.void : yield* Effect.exit(mirror.sync(durable))
    for (const { events, id } of written) if (events.length > 0) yield* mirror.log(id, events)
    yield* synced
  })
})

export const newer = (id: JobId): OracleError =>
  oracleError("store_newer", `job ${id} was written by a newer version of oracle`)

/** Fails as `job_not_found` where there is no row. */
export const found = (id: JobId, row: Row | null): Effect.Effect<Row, OracleError> =>
  row === null ? Effect.fail(oracleError("job_not_found", `there is no job ${id}`)) : Effect.succeed(row)

export const stamp = (events: ReadonlyArray<EventInput>, now: DateTime.Utc): ReadonlyArray<JobEvent> =>
  events.map((event) => ({ ...event, at: now }))

const mayHaveSent: ReadonlySet<JobPhase> = new Set([
  "uploading_archive",
  "sending",
  "awaiting_response",
  "extracting_response",
  "downloading_artifacts",
  "complete",
  "complete_with_artifact_errors"
])
