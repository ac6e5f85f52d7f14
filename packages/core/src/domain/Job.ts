/** The job record: the whole durable truth about one consultation. */
import * as Schema from "effect/Schema"
import { OracleConfig } from "../config/OracleConfig.ts"
import { ErrorView } from "../error/OracleError.ts"
import { Attachments } from "./Attachment.ts"
import { AccountName, JobId, ProjectId, SiteName } from "./Ids.ts"
import { JobPhase, JobStatus } from "./JobPhase.ts"
import { ModelSelection } from "./ModelSelection.ts"
import { ProcessRecord } from "./ProcessRecord.ts"
import { SendLedger } from "./SendLedger.ts"
import { Time } from "./Time.ts"

const NullableTime = Schema.NullOr(Time)

/** What a job waits for outside of Oracle; its browser is closed meanwhile. */
export const Blocked = Schema.Struct({
  reason: Schema.Literals(["login", "challenge", "rate_limit", "outage"]),
  since: Time,
  retryAt: NullableTime
})
export type Blocked = typeof Blocked.Type

/** The surface that submitted a job. */
export const RequesterKind = Schema.Literals(["cli", "mcp", "pi", "library"])

/** Paths are absolute. `deletedAt` is set when the archive was removed; its facts stay. */
export const ArchiveInfo = Schema.Struct({
  path: Schema.String,
  format: Schema.Literals(["tar.zst", "tar.gz"]),
  bytes: Schema.Natural,
  sha256: Schema.String,
  entries: Schema.Natural,
  uncompressedBytes: Schema.Natural,
  prunedPaths: Schema.Array(Schema.String),
  deletedAt: NullableTime
})
export type ArchiveInfo = typeof ArchiveInfo.Type

/** Where the answer lies. Paths are absolute. */
export const ResponseInfo = Schema.Struct({
  markdownPath: Schema.String,
  textPath: Schema.String,
  /** The second of two offered answers, where the site offered two. */
  alternativePath: Schema.NullOr(Schema.String),
  chars: Schema.Natural,
  /** True for text that was saved because the wait ended early. */
  partial: Schema.Boolean
})
export type ResponseInfo = typeof ResponseInfo.Type

/** What a job may leave behind. */
export const CleanupPart = Schema.Literals([
  "browser",
  "runtimeProfileDir",
  "conversationLease",
  "runtimeLease",
  "queuedArchive"
])

/** Whether everything that the job used is gone, and what could not be removed. */
export const Cleanup = Schema.Struct({
  pending: Schema.Boolean,
  lastAt: NullableTime,
  attempted: Schema.Array(CleanupPart),
  /** Distinct warnings, each once. */
  warnings: Schema.Array(Schema.String)
})
export type Cleanup = typeof Cleanup.Type

/** The clone of the seed and the browser that run for the job. */
export const RuntimeInfo = Schema.Struct({
  id: Schema.String,
  profileDir: Schema.String,
  browser: Schema.NullOr(ProcessRecord),
  seedGeneration: Schema.Natural,
  /** The client that runs the browser for the ended job, where no worker does. */
  client: Schema.optionalKey(ProcessRecord)
})
export type RuntimeInfo = typeof RuntimeInfo.Type

/** PRODUCT, section 11. */
export const WakeUp = Schema.Struct({
  attemptCount: Schema.Natural,
  lastRequestedAt: NullableTime,
  notified: Schema.NullOr(Schema.Struct({ at: Time, entryId: Schema.String, sessionKey: Schema.String })),
  claimed: Schema.NullOr(Schema.Struct({ at: Time, by: ProcessRecord })),
  settled: Schema.NullOr(Schema.Struct({
    at: Time,
    source: Schema.String,
    sessionFile: Schema.NullOr(Schema.String),
    sessionKey: Schema.NullOr(Schema.String),
    beforeFirstAttempt: Schema.Boolean
  })),
  observed: Schema.NullOr(Schema.Struct({
    at: Time,
    source: Schema.String,
    sessionFile: Schema.NullOr(Schema.String),
    sessionKey: Schema.NullOr(Schema.String)
  }))
})
export type WakeUp = typeof WakeUp.Type

/** What the watcher sees while files are uploaded and while the answer is awaited; replaced in place, never grows. */
export const Progress = Schema.Struct({
  stage: Schema.Literals(["uploading", "thinking", "answering", "idle"]),
  chars: Schema.Natural,
  /** While files are uploaded: which of how many, and how far the page says that it is. */
  upload: Schema.optionalKey(
    Schema.Struct({ file: Schema.Natural, files: Schema.Natural, percent: Schema.NullOr(Schema.Natural) })
  ),
  at: Time
})
export type Progress = typeof Progress.Type

/** The record of one job; `schemaVersion` tells how to read it. */
export const Job = Schema.Struct({
  schemaVersion: Schema.Literal(1),
  id: JobId,
  status: JobStatus,
  phase: JobPhase,
  phaseAt: Time,
  blocked: Schema.NullOr(Blocked),
  createdAt: Time,
  queuedAt: NullableTime,
  submittedAt: NullableTime,
  completedAt: NullableTime,
  heartbeatAt: NullableTime,
  /** 1 for the first run; each explicit resume adds one. */
  attempt: Schema.Natural,
  /** How often a worker was started before anything was sent; at most 3 per attempt. */
  starts: Schema.Natural,
  cwd: Schema.String,
  projectId: ProjectId,
  sessionId: Schema.NullOr(Schema.String),
  originSessionFile: Schema.NullOr(Schema.String),
  requester: Schema.Struct({ kind: RequesterKind, owner: Schema.NullOr(ProcessRecord) }),
  site: SiteName,
  account: AccountName,
  model: ModelSelection,
  followUpToJobId: Schema.NullOr(JobId),
  chatUrl: Schema.NullOr(Schema.String),
  conversationId: Schema.NullOr(Schema.String),
  send: SendLedger,
  prompt: Schema.Struct({ path: Schema.String, sha256: Schema.String, chars: Schema.Natural }),
  archive: Schema.NullOr(ArchiveInfo),
  /** Absent where nothing is sent beside the archive. */
  attachments: Schema.optionalKey(Attachments),
  /** A chat that the site keeps no copy of: no follow-up, and its answer is there only while its page lives. */
  temporary: Schema.optionalKey(Schema.Boolean),
  response: Schema.NullOr(ResponseInfo),
  artifacts: Schema.NullOr(Schema.Struct({
    manifestPath: Schema.String,
    count: Schema.Natural,
    failures: Schema.Natural
  })),
  progress: Schema.NullOr(Progress),
  error: Schema.NullOr(ErrorView),
  cancel: Schema.NullOr(Schema.Struct({ requestedAt: Time, reason: Schema.String })),
  cleanup: Cleanup,
  runtime: Schema.NullOr(RuntimeInfo),
  host: Schema.NullOr(Schema.Struct({ epoch: Schema.Natural, process: ProcessRecord })),
  wakeUp: WakeUp,
  /** Milliseconds of observation spent waiting for the answer, over all workers. */
  observedMs: Schema.Natural,
  /** The configuration as it was at submission; the worker uses it, never the current one. */
  config: OracleConfig
})
export type Job = typeof Job.Type

/** Decodes and encodes a record as JSON text. */
export const JobJson = Schema.fromJsonString(Job)
