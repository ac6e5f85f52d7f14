/** The rows beneath a JobStore. An implementation keeps and orders them; every rule is in `JobStoreRules.ts`. */
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import type { JobEvent } from "../domain/JobEvent.ts"
import type { OracleError } from "../error/OracleError.ts"
import type { Candidate } from "../queue/Admission.ts"
import type { JobFilter, Lease } from "./JobStore.ts"

/** A record with its place in history: of two copies the one with the higher {epoch, seq} is newer. */
export interface Stored {
  readonly _tag: "Stored"
  readonly job: Job
  readonly epoch: number
  readonly seq: number
  /** True from the first time the job reached `uploading_archive`; a copy of unknown age may then have been sent. */
  readonly uploadReached: boolean
}

/** A row that cannot be trusted. `newer`: a later version wrote it, so it is refused rather than repaired. */
export interface Damaged {
  readonly _tag: "Damaged"
  readonly id: string
  readonly reason: string
  readonly newer: boolean
}

/** A record as it lies in the table, or what is wrong with it. */
export type Row = Stored | Damaged

/** An event with its place in the history. */
export type NumberedEvent = JobEvent & { readonly seq: number }

/** What the rules of the store need of a place that keeps rows. */
export interface JobTable {
  /** Runs the body alone against all writers of all processes; a failure undoes every write of the body. */
  readonly transaction: <A, E>(body: Effect.Effect<A, E>) => Effect.Effect<A, E | OracleError>
  readonly find: (id: JobId) => Effect.Effect<Row | null, OracleError>
  /** Newest first. */
  readonly list: (filter: JobFilter) => Effect.Effect<ReadonlyArray<Row>, OracleError>
  /** Not ended, oldest first. */
  readonly open: Effect.Effect<ReadonlyArray<Row>, OracleError>
  /** Adds or replaces a record and adds its events. */
  readonly put: (row: Stored, events: ReadonlyArray<JobEvent>) => Effect.Effect<void, OracleError>
  readonly drop: (id: JobId) => Effect.Effect<void, OracleError>
  readonly events: (id: JobId, afterSeq: number) => Effect.Effect<ReadonlyArray<NumberedEvent>, OracleError>
  /** Queued jobs without a cancel intent, and the archive bytes that ended, never submitted jobs still keep. */
  readonly queue: Effect.Effect<
    { readonly candidates: ReadonlyArray<Candidate>; readonly retainedBytes: number },
    OracleError
  >
  readonly leases: Effect.Effect<ReadonlyArray<Lease>, OracleError>
  /** Adds a lease, or moves the one of that kind that the job holds. */
  readonly putLease: (lease: Lease) => Effect.Effect<void, OracleError>
  /** Removes leases of the job that were taken in `maxEpoch` or before. */
  readonly dropLeases: (
    id: JobId,
    kinds: ReadonlyArray<Lease["kind"]>,
    maxEpoch: number
  ) => Effect.Effect<void, OracleError>
  readonly epoch: Effect.Effect<number, OracleError>
  readonly setEpoch: (epoch: number) => Effect.Effect<void, OracleError>
  readonly changes: Stream.Stream<void, OracleError>
}

/** Keeps the readable copies in step, and brings rows back from them. */
export interface Mirror {
  /** Writes the current row of each job to its directory, in order, also against other processes. */
  readonly sync: (ids: ReadonlyArray<JobId>) => Effect.Effect<void, OracleError>
  /** Adds events to the job's event log; a failure is logged, never raised. */
  readonly log: (id: JobId, events: ReadonlyArray<JobEvent>) => Effect.Effect<void>
  /**
   * Inside a transaction: takes the copy over as the row where it is valid, and the row is missing, damaged or earlier
   * than the copy (a part of the database was lost). Null where the row stays as it is.
   */
  readonly restore: (id: JobId, row: Row | null) => Effect.Effect<Stored | null, OracleError>
  /** Gives the copy of a job up whose row goes in this transaction: nothing brings that job back from it. */
  readonly condemn: (id: JobId) => Effect.Effect<void, OracleError>
}
