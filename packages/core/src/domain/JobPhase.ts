/** The phases of a job, the status of each, and the table of phases that may follow. */
import * as Schema from "effect/Schema"

const phases = [
  "preparing",
  "queued",
  "submitted",
  "cloning_runtime",
  "launching_browser",
  "verifying_auth",
  "configuring_model",
  "uploading_archive",
  "sending",
  "awaiting_response",
  "extracting_response",
  "downloading_artifacts",
  "complete",
  "complete_with_artifact_errors",
  "failed",
  "cancelled"
] as const

/** Where a job is, finer than its status. */
export const JobPhase = Schema.Literals(phases)
export type JobPhase = typeof JobPhase.Type

/** Where a job is, in seven words. */
export const JobStatus = Schema.Literals([
  "queued",
  "preparing",
  "submitted",
  "waiting",
  "complete",
  "failed",
  "cancelled"
])
export type JobStatus = typeof JobStatus.Type

const statusTable: Record<JobPhase, JobStatus> = {
  preparing: "preparing",
  queued: "queued",
  submitted: "submitted",
  cloning_runtime: "submitted",
  launching_browser: "submitted",
  verifying_auth: "submitted",
  configuring_model: "submitted",
  uploading_archive: "submitted",
  sending: "submitted",
  awaiting_response: "waiting",
  extracting_response: "waiting",
  downloading_artifacts: "waiting",
  complete: "complete",
  complete_with_artifact_errors: "complete",
  failed: "failed",
  cancelled: "cancelled"
}

/** The status that belongs to a phase. */
export const statusOf = (phase: JobPhase): JobStatus => statusTable[phase]

const ends: ReadonlyArray<JobPhase> = ["failed", "cancelled"]
/** An attempt to fetch files that are missing may be given up anywhere: the answer stays as complete as it was. */
const stops: ReadonlyArray<JobPhase> = [...ends, "complete_with_artifact_errors"]
/** A worker that starts again (crash, host stop) goes back to `submitted`; a resume re-enters there too. */
const active = (...next: ReadonlyArray<JobPhase>): ReadonlyArray<JobPhase> => [...next, "submitted", "queued", ...stops]

/** The transition table: what may follow each phase. A phase never follows itself: that is no transition. */
export const following: Record<JobPhase, ReadonlyArray<JobPhase>> = {
  preparing: ["queued", "submitted", ...ends],
  queued: ["submitted", ...stops],
  submitted: ["cloning_runtime", "queued", ...stops],
  cloning_runtime: active("launching_browser"),
  launching_browser: active("verifying_auth"),
  verifying_auth: active("configuring_model", "uploading_archive", "sending", "awaiting_response"),
  configuring_model: active("uploading_archive", "sending"),
  uploading_archive: active("sending"),
  sending: active("awaiting_response"),
  awaiting_response: active("extracting_response"),
  extracting_response: active("awaiting_response", "downloading_artifacts", "complete"),
  downloading_artifacts: active("complete"),
  complete: [],
  complete_with_artifact_errors: ["queued"],
  failed: ["queued"],
  cancelled: []
}

/** The phases that may follow each phase; anything else is a defect that changes nothing. */
export const mayFollow = (from: JobPhase, to: JobPhase): boolean => following[from].includes(to)

const endedPhases: ReadonlySet<JobPhase> = new Set(["complete", "complete_with_artifact_errors", "failed", "cancelled"])

/** True for complete, failed and cancelled jobs. */
export const isEnded = (phase: JobPhase): boolean => endedPhases.has(phase)

/** True while a worker owns the job (it holds a runtime lease). */
export const isActive = (phase: JobPhase): boolean => {
  const status = statusOf(phase)
  return status === "submitted" || status === "waiting"
}
