/** What `--json` prints of a job: its facts without configuration, process identities and claims. */
import type { ArtifactManifest } from "@effect-oracle/core/domain/Artifact"
import type { Job } from "@effect-oracle/core/domain/Job"
import type { Answer } from "@effect-oracle/core/Oracle"
import * as DateTime from "effect/DateTime"

const iso = (time: DateTime.Utc | null): string | null => time === null ? null : DateTime.formatIso(time)

export const jobView = (job: Job) => ({
  id: job.id,
  status: job.status,
  phase: job.phase,
  phaseAt: iso(job.phaseAt),
  blocked: job.blocked === null
    ? null
    : { reason: job.blocked.reason, since: iso(job.blocked.since), retryAt: iso(job.blocked.retryAt) },
  createdAt: iso(job.createdAt),
  queuedAt: iso(job.queuedAt),
  submittedAt: iso(job.submittedAt),
  completedAt: iso(job.completedAt),
  attempt: job.attempt,
  projectId: job.projectId,
  cwd: job.cwd,
  requester: job.requester.kind,
  site: job.site,
  account: job.account,
  model: job.model,
  followUpToJobId: job.followUpToJobId,
  chatUrl: job.chatUrl,
  conversationId: job.conversationId,
  send: { state: job.send.state, confirmedAt: iso(job.send.confirmedAt) },
  prompt: job.prompt,
  archive: job.archive === null ? null : { ...job.archive, deletedAt: iso(job.archive.deletedAt) },
  attachments: (job.attachments?.files ?? []).map(({ bytes, name, sha256 }) => ({ name, bytes, sha256 })),
  temporary: job.temporary === true,
  response: job.response,
  artifacts: job.artifacts,
  progress: job.progress === null
    ? null
    : {
      stage: job.progress.stage,
      chars: job.progress.chars,
      upload: job.progress.upload ?? null,
      at: iso(job.progress.at)
    },
  error: job.error,
  cancel: job.cancel === null ? null : { requestedAt: iso(job.cancel.requestedAt), reason: job.cancel.reason },
  cleanup: { pending: job.cleanup.pending, warnings: job.cleanup.warnings }
})

type Artifacts = ArtifactManifest["artifacts"]

/** An answer with the absolute path of each saved file. */
export const answerView = (answer: Answer, artifactsFolder: string) => ({
  markdown: answer.markdown,
  text: answer.text,
  partial: answer.partial,
  files: answer.artifacts.map((artifact: Artifacts[number]) => ({
    name: artifact.name,
    path: artifact.name === null ? null : `${artifactsFolder}/${artifact.name}`,
    label: artifact.label,
    bytes: artifact.bytes,
    sha256: artifact.sha256,
    type: artifact.type,
    kind: artifact.kind,
    error: artifact.error
  }))
})
