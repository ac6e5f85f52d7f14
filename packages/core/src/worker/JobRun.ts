/** One run of one job by one worker: the only way in which steps read and write the record. */
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Result from "effect/Result"
import type { OracleConfig } from "../config/OracleConfig.ts"
import type { JobId } from "../domain/Ids.ts"
import type { CleanupPart, Job } from "../domain/Job.ts"
import { isEnded, type JobPhase } from "../domain/JobPhase.ts"
import * as JobTransition from "../domain/JobTransition.ts"
import type { OracleError } from "../error/OracleError.ts"
import type { SiteFacts } from "../port/ChatBrowser.ts"
import type { JobFiles } from "../store/JobFiles.ts"
import { type Change, type ChangeOptions, type Fence, Fenced, JobStore } from "../store/JobStore.ts"
import { type JobPaths, StateDirs } from "../store/StateDirs.ts"
import { Receipts } from "./Receipts.ts"
import { AlreadyEnded, CancelRequested, type WriteError } from "./Signals.ts"
import * as WorkerLog from "./WorkerLog.ts"

export type CleanupPartName = typeof CleanupPart.Type

export interface JobRun {
  readonly id: JobId
  readonly fence: Fence
  readonly paths: JobPaths
  /** The snapshot of the submission. */
  readonly config: OracleConfig
  readonly site: SiteFacts
  /** The record as this run last wrote it. */
  readonly job: Effect.Effect<Job>
  /** Fails as `Fenced` when a later host has taken over; asked right before every effect outside. */
  readonly owned: Effect.Effect<void, OracleError | Fenced>
  /** Writes under the fence, whatever the user wants meanwhile. */
  readonly write: (change: Change, options?: ChangeOptions) => Effect.Effect<Job, OracleError | Fenced | AlreadyEnded>
  /** Writes, then fails as `CancelRequested` when a durable cancel intent is there. */
  readonly change: (change: Change, options?: ChangeOptions) => Effect.Effect<Job, WriteError>
  /** Moves to a phase; being there already is fine. */
  readonly enter: (phase: JobPhase, message: string) => Effect.Effect<Job, WriteError>
  /** Keeps a warning of a clean-up for the record. */
  readonly warn: (part: CleanupPartName, message: string | null) => Effect.Effect<void>
  readonly cleanup: Effect.Effect<Pick<Job["cleanup"], "attempted" | "warnings">>
}

export const make = Effect.fnUntraced(function*(first: Job, site: SiteFacts, fence: Fence) {
  const store = yield* JobStore
  const dirs = yield* StateDirs
  const receipts = yield* Receipts
  const context = yield* Effect.context<JobFiles | StateDirs>()
  const latest = yield* Ref.make(first)
  const released = yield* Ref.make<Pick<Job["cleanup"], "attempted" | "warnings">>({ attempted: [], warnings: [] })
  const id = first.id

  const write: JobRun["write"] = Effect.fnUntraced(function*(change, options) {
    const job = yield* store.update(id, change, { ...options, fence }).pipe(
      Effect.catchTag(
        "IllegalTransition",
        (illegal) =>
          Effect.flatMap(
            store.get(id),
            (job) => isEnded(job.phase) ? Effect.fail(new AlreadyEnded()) : Effect.die(illegal)
          )
      )
    )
    yield* Ref.set(latest, job)
    const events = typeof options?.events === "function" ? options.events(job) : options?.events ?? []
    yield* Effect.provide(WorkerLog.append(id, events), context)
    return job
  })

  const change: JobRun["change"] = Effect.fnUntraced(function*(change, options) {
    const job = yield* write(change, options)
    return job.cancel === null ? job : yield* new CancelRequested()
  })

  const enter: JobRun["enter"] = Effect.fnUntraced(function*(phase, message) {
    const job = yield* change(
      (job, now) => job.phase === phase ? Result.succeed(job) : JobTransition.toPhase(job, phase, now),
      { events: [{ source: "worker", kind: "phase", message }] }
    )
    yield* receipts.publish({ _tag: "Entered", job: id, phase })
    return job
  })

  const run: JobRun = {
    id,
    fence,
    paths: dirs.job(id),
    config: first.config,
    site,
    job: Ref.get(latest),
    owned: Effect.flatMap(
      store.epoch,
      (current) => current === fence.epoch ? Effect.void : Effect.fail(new Fenced({ held: fence.epoch, current }))
    ),
    write,
    change,
    enter,
    warn: (part, message) =>
      Ref.update(released, (all) => ({
        attempted: all.attempted.includes(part) ? all.attempted : [...all.attempted, part],
        warnings: message === null || all.warnings.includes(message) ? all.warnings : [...all.warnings, message]
      })),
    cleanup: Ref.get(released)
  }
  return run
})
