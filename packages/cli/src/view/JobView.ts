/** What programs see of a job: its facts without configuration, process identities and claims. */
import { SiteName } from "@effect-oracle/core/domain/Ids"
import { Progress as JobProgress, RequesterKind } from "@effect-oracle/core/domain/Job"
import { JobPhase, JobStatus } from "@effect-oracle/core/domain/JobPhase"
import { ModelEffort, ModelFamily, Preset } from "@effect-oracle/core/domain/ModelSelection"
import { SendState } from "@effect-oracle/core/domain/SendLedger"
import { ErrorView } from "@effect-oracle/core/error/OracleError"
import * as Schema from "effect/Schema"

const Text = Schema.String
const Count = Schema.Natural

/** A moment as ISO 8601 text in UTC. */
export const Moment = Schema.String.annotate({ description: "ISO 8601 in UTC" })
const NullableMoment = Schema.NullOr(Moment)

const said = <S extends Schema.Top>(schema: S, description: string): S =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- annotating changes no type of a schema
  schema.annotate({ description }) as S

export const ErrorObject = Schema.Struct({ ...ErrorView.fields }).annotate({
  identifier: "Error",
  description: "A failure; errors.md lists the codes"
})

export const Blocked = Schema.Struct({
  reason: Schema.Literals(["login", "challenge", "rate_limit", "outage"]),
  since: Moment,
  retryAt: NullableMoment
}).annotate({ identifier: "Blocked", description: "What the job waits for, outside of Oracle" })

export const Progress = Schema.Struct({
  stage: JobProgress.fields.stage,
  chars: Count,
  upload: said(
    Schema.optionalKey(Schema.NullOr(Schema.Struct({ file: Count, files: Count, percent: Schema.NullOr(Count) }))),
    "Which of the files is uploaded, and how far"
  ),
  at: Moment
}).annotate({ identifier: "Progress", description: "What the page showed of the answer at last" })

export const JobView = Schema.Struct({
  id: said(Text, "A time-ordered UUID"),
  status: JobStatus,
  phase: JobPhase,
  phaseAt: NullableMoment,
  blocked: Schema.NullOr(Blocked),
  createdAt: NullableMoment,
  queuedAt: NullableMoment,
  submittedAt: NullableMoment,
  completedAt: NullableMoment,
  attempt: said(Count, "1 for the first run; each resume adds one"),
  projectId: said(Text, "Absolute path of the project"),
  cwd: Text,
  requester: RequesterKind,
  site: SiteName,
  account: Text,
  model: Schema.Struct({
    preset: Preset,
    family: Schema.NullOr(ModelFamily),
    effort: Schema.NullOr(ModelEffort),
    autoSwitch: Schema.Boolean
  }),
  followUpToJobId: Schema.NullOr(Text),
  chatUrl: said(Schema.NullOr(Text), "Address of the conversation, once it is known"),
  conversationId: Schema.NullOr(Text),
  send: Schema.Struct({ state: SendState, confirmedAt: NullableMoment }),
  prompt: Schema.Struct({ path: Text, sha256: Text, chars: Count }),
  archive: Schema.NullOr(Schema.Struct({
    path: Text,
    format: Schema.Literals(["tar.zst", "tar.gz"]),
    bytes: Count,
    sha256: Text,
    entries: Count,
    uncompressedBytes: Count,
    prunedPaths: Schema.Array(Text),
    deletedAt: NullableMoment
  })),
  attachments: said(
    Schema.Array(Schema.Struct({ name: Text, bytes: Count, sha256: Text })),
    "Files that were sent as they are, beside the archive"
  ),
  temporary: said(Schema.Boolean, "Asked in a chat that the site keeps no copy of"),
  response: Schema.NullOr(Schema.Struct({
    markdownPath: Text,
    textPath: Text,
    alternativePath: said(Schema.NullOr(Text), "The second of two offered answers"),
    chars: Count,
    partial: said(Schema.Boolean, "The wait ended early")
  })),
  artifacts: Schema.NullOr(Schema.Struct({ manifestPath: Text, count: Count, failures: Count })),
  progress: Schema.NullOr(Progress),
  error: Schema.NullOr(ErrorObject),
  cancel: Schema.NullOr(Schema.Struct({ requestedAt: NullableMoment, reason: Text })),
  cleanup: Schema.Struct({ pending: Schema.Boolean, warnings: Schema.Array(Text) })
}).annotate({ identifier: "Job", description: "One consultation" })
export type JobView = typeof JobView.Encoded
