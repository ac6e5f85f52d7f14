/** Port to the durable truth: jobs, events, leases and the host epoch. The rules live elsewhere; this only keeps. */
import * as Context from "effect/Context"
import type * as DateTime from "effect/DateTime"
import type * as Effect from "effect/Effect"
import type * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import type { JobId, ProjectId } from "../domain/Ids.ts"
import type { Job, RuntimeInfo } from "../domain/Job.ts"
import type { EventKind, EventSource, JobEvent } from "../domain/JobEvent.ts"
import type { JobStatus } from "../domain/JobPhase.ts"
import type { IllegalTransition } from "../domain/JobTransition.ts"
import type { OracleError } from "../error/OracleError.ts"
import type { Room } from "../queue/Admission.ts"

/** The host that held this epoch was replaced: its workers stop and change nothing any more. */
export class Fenced extends Schema.TaggedError<Fenced>("@effect-oracle/core/store/JobStore/Fenced")("Fenced", {
  held: Schema.Natural,
  current: Schema.Natural
}) {
  override get message(): string {
    return `epoch ${this.held} was replaced by epoch ${this.current}`
  }
}

/** The right of a host to write: its epoch. Clients write without one. */
export interface Fence {
  readonly epoch: number
}

/** An event to be written; the store adds the time. */
export interface EventInput {
  readonly source: EventSource
  readonly kind: EventKind
  readonly message: string
}

/** Which jobs of a listing; no field means all. */
export interface JobFilter {
  readonly projectId?: ProjectId
  readonly statuses?: ReadonlyArray<JobStatus>
  /** Newest first; default 50. */
  readonly limit?: number
}

/** A record that could not be read: shown in listings, never crashes them. */
export interface Quarantined {
  readonly id: string
  readonly reason: string
}

/** Jobs, newest first, and the records that could not be read. */
export interface Listing {
  readonly jobs: ReadonlyArray<Job>
  readonly quarantined: ReadonlyArray<Quarantined>
}

/** A right that one owner holds. */
export interface Lease {
  readonly kind: "runtime" | "conversation"
  /** `<site>/<account>` for a runtime, `<site>/<conversation id>` for a conversation. */
  readonly key: string
  readonly job: JobId
  readonly epoch: number
  readonly takenAt: DateTime.Utc
}

/** A runtime that names the client which uses it. */
export type BorrowedRuntime = RuntimeInfo & Required<Pick<RuntimeInfo, "client">>

/** What a change of a record brings about. */
export type Change = (job: Job, now: DateTime.Utc) => Result.Result<Job, IllegalTransition | OracleError>

/** Under which conditions a record is changed. */
export interface ChangeOptions {
  readonly events?: ReadonlyArray<EventInput> | ((job: Job) => ReadonlyArray<EventInput>)
  /** When given, the write happens only while this epoch is the current one. */
  readonly fence?: Fence
  /** True: store and mirror are both synced to disk before this returns (the send ledger needs it). Default true for
   * phase and ledger changes, false for heartbeats and progress. */
  readonly durable?: boolean
}

/** The durable records, their history and their leases; every method is one transaction. */
export class JobStore extends Context.Service<JobStore, {
  /** Adds a new record in phase `preparing` together with its mirror. */
  readonly insert: (job: Job, event: EventInput) => Effect.Effect<Job, OracleError>
  /** Fails as `job_not_found`. */
  readonly get: (id: JobId) => Effect.Effect<Job, OracleError>
  readonly list: (filter: JobFilter) => Effect.Effect<Listing, OracleError>
  /** Jobs that are not ended, oldest first. */
  readonly open: Effect.Effect<ReadonlyArray<Job>, OracleError>
  /** One atomic read-change-write with its events. */
  readonly update: (
    id: JobId,
    change: Change,
    options?: ChangeOptions
  ) => Effect.Effect<Job, OracleError | IllegalTransition | Fenced>
  readonly events: (id: JobId, afterSeq?: number) => Effect.Effect<
    ReadonlyArray<JobEvent & { readonly seq: number }>,
    OracleError
  >
  /**
   * Admission in one transaction (PRODUCT, section 4.5): promotes older queued jobs that can run, then makes this one
   * `submitted` with its leases, or `queued`; fails as `queue_full` or `conversation_busy`. `wait` queues behind a busy
   * conversation instead of failing.
   */
  readonly admit: (
    id: JobId,
    options: Room & { readonly wait: boolean }
  ) => Effect.Effect<Job, OracleError>
  /** Promotes queued jobs into free capacity; returns those that became `submitted`. */
  readonly promote: (
    fence: Fence,
    room: Room
  ) => Effect.Effect<ReadonlyArray<Job>, OracleError | Fenced>
  readonly leases: Effect.Effect<ReadonlyArray<Lease>, OracleError>
  /** Takes the conversation for this job; fails as `conversation_busy` naming the holder. Taking it again is harmless. */
  readonly takeConversation: (
    id: JobId,
    conversationId: string,
    fence: Fence
  ) => Effect.Effect<void, OracleError | Fenced>
  /**
   * Takes the leases of an ended job for a browser that a client runs, records that runtime and leaves the clean-up
   * pending; all or nothing. Fails as `no_free_browser`, `conversation_busy`, `clean_postponed` or `job_active`.
   */
  readonly borrow: (id: JobId, runtime: BorrowedRuntime, room: Room) => Effect.Effect<Job, OracleError>
  /**
   * Gives back leases that this job holds; others' leases are never touched, nor, with a fence, those that a later
   * epoch took over.
   */
  readonly release: (
    id: JobId,
    kinds: ReadonlyArray<Lease["kind"]>,
    fence?: Fence
  ) => Effect.Effect<void, OracleError>
  /**
   * Removes an ended job's record, events and leases, unless there is an objection to the job as it is then; the caller
   * removes its directory, which brings nothing back any more. A damaged record goes without being asked.
   */
  readonly remove: (
    id: JobId,
    objection?: (job: Job, now: DateTime.Utc) => OracleError | null
  ) => Effect.Effect<void, OracleError>
  readonly epoch: Effect.Effect<number, OracleError>
  /** Makes a new epoch current, durably, in a transaction of its own; only the holder of the host lock calls it. */
  readonly advanceEpoch: Effect.Effect<Fence, OracleError>
  /** Emits once at the start and whenever anything in the store may have changed, also by another process. */
  readonly changes: Stream.Stream<void, OracleError>
}>()("@effect-oracle/core/store/JobStore") {}
