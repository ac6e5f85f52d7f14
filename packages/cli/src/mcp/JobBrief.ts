/** A job as a model needs it: where it stands and what came of it, without paths that nobody follows. */
import { SiteName } from "@effect-oracle/core/domain/Ids"
import type { Job } from "@effect-oracle/core/domain/Job"
import { isEnded, JobPhase, JobStatus } from "@effect-oracle/core/domain/JobPhase"
import { Preset } from "@effect-oracle/core/domain/ModelSelection"
import { phaseLine } from "@effect-oracle/core/text/PhaseWords"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { Blocked, Moment, Progress } from "../view/JobView.ts"
import { ToolError, toolError } from "./ToolError.ts"

const Count = Schema.Natural

export const JobBrief = Schema.Struct({
  id: Schema.String,
  status: JobStatus,
  phase: JobPhase,
  doing: Schema.String.annotate({ description: "What the job does now, in words" }),
  ended: Schema.Boolean,
  blocked: Schema.NullOr(Blocked),
  site: SiteName,
  account: Schema.String,
  preset: Preset,
  createdAt: Moment,
  completedAt: Schema.NullOr(Moment),
  followUpToJobId: Schema.NullOr(Schema.String),
  chatUrl: Schema.NullOr(Schema.String),
  progress: Schema.NullOr(Progress),
  answer: Schema.NullOr(Schema.Struct({ chars: Count, partial: Schema.Boolean })),
  files: Schema.NullOr(Schema.Struct({ count: Count, failures: Count })),
  error: Schema.NullOr(ToolError)
}).annotate({ identifier: "Job" })

const iso = DateTime.formatIso

export const jobBrief = (job: Job, now: DateTime.Utc): typeof JobBrief.Encoded => ({
  id: job.id,
  status: job.status,
  phase: job.phase,
  doing: phaseLine(job, now),
  ended: isEnded(job.phase),
  blocked: job.blocked === null
    ? null
    : {
      reason: job.blocked.reason,
      since: iso(job.blocked.since),
      retryAt: job.blocked.retryAt === null ? null : iso(job.blocked.retryAt)
    },
  site: job.site,
  account: job.account,
  preset: job.model.preset,
  createdAt: iso(job.createdAt),
  completedAt: job.completedAt === null ? null : iso(job.completedAt),
  followUpToJobId: job.followUpToJobId,
  chatUrl: job.chatUrl === null ? null : sanitiseLine(job.chatUrl),
  progress: job.progress === null
    ? null
    : { stage: job.progress.stage, chars: job.progress.chars, at: iso(job.progress.at) },
  answer: job.response === null ? null : { chars: job.response.chars, partial: job.response.partial },
  files: job.artifacts === null ? null : { count: job.artifacts.count, failures: job.artifacts.failures },
  error: job.error === null ? null : toolError(job.error)
})
