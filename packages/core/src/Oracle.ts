/**
 * The service that every surface uses: submit, look, read, wait, cancel, resume. Its layers are `OracleHosted.layer` (a
 * host process runs the jobs) and `OracleInProcess.layer` (this process does).
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { SecretFinding, Selected } from "./archive/Archiver.ts"
import type { OracleConfig } from "./config/OracleConfig.ts"
import type { ArtifactManifest } from "./domain/Artifact.ts"
import type { AccountName, JobId, ProjectId, SiteName } from "./domain/Ids.ts"
import type { Job } from "./domain/Job.ts"
import type { JobEvent } from "./domain/JobEvent.ts"
import type { Preset } from "./domain/ModelSelection.ts"
import type { OracleError } from "./error/OracleError.ts"
import type { JobFilter, Listing } from "./store/JobStore.ts"
import type { Reader } from "./wakeup/Reminder.ts"

/** What is asked, from where and of whom; `Question.requestOf` makes one from less. */
export interface SubmitRequest {
  readonly prompt: string
  /** Selection of `--files`; empty only where `archiveRequired` is false. */
  readonly files: ReadonlyArray<string>
  readonly archiveRequired: boolean
  /** Single files of the project that are sent as they are, beside the archive. */
  readonly attach?: ReadonlyArray<string>
  /** Real working directory of the requester; the project root is derived from it. */
  readonly cwd: string
  /** The effective configuration; it becomes the job's snapshot. */
  readonly config: OracleConfig
  readonly site?: SiteName
  readonly account?: AccountName
  readonly preset?: Preset
  readonly format?: "tar.zst" | "tar.gz"
  readonly followUpJobId?: JobId
  /** Ask in a chat that the site keeps no copy of: no follow-up, and no answer once its browser is gone. */
  readonly temporary?: boolean
  /** Conversation id or URL. */
  readonly conversation?: string
  /** Wait for a busy conversation instead of being refused. */
  readonly queue?: boolean
  readonly allowSecretFiles?: ReadonlyArray<string>
  readonly requester: {
    readonly kind: Job["requester"]["kind"]
    readonly sessionId?: string
    readonly sessionFile?: string
  }
}

/** A file that would be sent as it is. */
export interface PlannedAttachment {
  /** The name under which the site gets it. */
  readonly name: string
  readonly root: string
  readonly entry: Selected["entries"][number]
  readonly secrets: ReadonlyArray<SecretFinding>
}

/** What would leave the machine, after every check that needs no browser. Nothing was written yet. */
export interface SubmitPlan {
  readonly request: SubmitRequest
  readonly projectId: ProjectId
  readonly site: SiteName
  readonly account: AccountName
  readonly selected: Selected | null
  readonly attachments: ReadonlyArray<PlannedAttachment>
  /** What the scan found in prompt and files; a person allowed each of them by name, or there would be no plan. */
  readonly secrets: ReadonlyArray<SecretFinding>
}

/** How far a submission is, told while the archive is built. */
export type SubmitStage =
  | { readonly _tag: "Archiving"; readonly entries: number; readonly bytes: number; readonly totalEntries: number }
  | { readonly _tag: "Archived"; readonly bytes: number }
  | { readonly _tag: "StartingHost" }

/** An ended job's answer, read from its directory. */
export interface Answer {
  readonly job: Job
  readonly markdown: string
  readonly text: string
  readonly partial: boolean
  readonly artifacts: ArtifactManifest["artifacts"]
}

/** Everything that can be done with jobs. Each failure is an {@link OracleError}; no method sends a prompt twice. */
export class Oracle extends Context.Service<Oracle, {
  /** Project id of a directory (PRODUCT, section 2). */
  readonly project: (cwd: string) => Effect.Effect<ProjectId, OracleError>
  /** Decodes, resolves the thread, runs the preflight, selects and scans; refuses secrets. */
  readonly plan: (request: SubmitRequest) => Effect.Effect<SubmitPlan, OracleError>
  /** Builds the archive, admits the job and makes sure that a host runs. An interruption ends the job as `submission_interrupted`. */
  readonly submit: (
    plan: SubmitPlan,
    onStage?: (stage: SubmitStage) => void
  ) => Effect.Effect<Job, OracleError>
  readonly get: (id: JobId) => Effect.Effect<Job, OracleError>
  readonly list: (filter: JobFilter) => Effect.Effect<Listing, OracleError>
  readonly events: (id: JobId, afterSeq?: number) => Effect.Effect<
    ReadonlyArray<JobEvent & { readonly seq: number }>,
    OracleError
  >
  /**
   * The answer of an ended job (also partial text of a failed one); fails as `job_not_ended` before. A reading is kept
   * with the job of a session, so that the session is not reminded of it again.
   */
  readonly read: (id: JobId, reader?: Reader) => Effect.Effect<Answer, OracleError>
  /** The job now and after every change, ending with its end. Replaces a dead host on the way. */
  readonly changes: (id: JobId) => Stream.Stream<Job, OracleError>
  /** The ended job; fails as `wait_timeout` after `timeoutMs`, which leaves the job alone. */
  readonly wait: (id: JobId, options?: { readonly timeoutMs?: number }) => Effect.Effect<Job, OracleError>
  /** Durable intent, then the end of the job; the job returned says what happened. Bounded. */
  readonly cancel: (id: JobId, reason: string) => Effect.Effect<Job, OracleError>
  readonly resume: (
    id: JobId,
    options?: { readonly conversation?: string; readonly sendAgain?: boolean }
  ) => Effect.Effect<Job, OracleError>
}>()("@effect-oracle/core/Oracle") {}
