/** The phases and blocks of a job in words for people. */
import * as DateTime from "effect/DateTime"
import type { Blocked, Job } from "../domain/Job.ts"
import type { JobPhase } from "../domain/JobPhase.ts"
import { count, duration } from "./Format.ts"
import { signInTarget } from "./SignIn.ts"

const phaseWords: Record<JobPhase, string> = {
  preparing: "preparing the archive",
  queued: "queued: waiting for a free browser",
  submitted: "handed to the background host",
  cloning_runtime: "copying the signed-in profile",
  launching_browser: "starting the browser",
  verifying_auth: "checking that the site is signed in and ready",
  configuring_model: "choosing the model",
  uploading_archive: "uploading the files",
  sending: "sending the prompt",
  awaiting_response: "waiting for the answer",
  extracting_response: "reading the answer",
  downloading_artifacts: "downloading the answer's files",
  complete: "complete",
  complete_with_artifact_errors: "complete, but some files of the answer could not be saved",
  failed: "failed",
  cancelled: "cancelled"
}

/** `<site>` is the profile that a person signs in to. */
const blockedWords: Record<Blocked["reason"], string> = {
  login: "the site asks to sign in again; run 'oracle auth <site>' and the job goes on",
  challenge: "the site asks for a human check; run 'oracle auth <site>' and the job goes on",
  rate_limit: "the site limits requests",
  outage: "the site has an outage"
}

/** Said before a job whose browser is seen; null for any other. */
export const windowNotice = ({ browser }: Pick<Job["config"], "browser">): string | null =>
  browser.runMode === "headed" ? "a browser window appears while the job runs; leave it alone" : null

/** What the job does now, in one line. */
export const phaseLine = (job: Job, now: DateTime.Utc): string => {
  if (job.blocked !== null) {
    const retry = job.blocked.retryAt === null
      ? ""
      : `; next try in ${duration(DateTime.toEpochMillis(job.blocked.retryAt) - DateTime.toEpochMillis(now))}`
    return `blocked: ${blockedWords[job.blocked.reason].replace("<site>", signInTarget(job))}${retry}`
  }
  if (job.phase === "awaiting_response" && job.progress !== null) {
    const { chars, stage } = job.progress
    if (stage === "thinking") return "the site is thinking"
    if (stage === "answering" || chars > 0) return `the site is answering (${count(chars)} characters)`
  }
  const upload = job.progress?.upload
  if (job.phase === "uploading_archive" && upload !== undefined) {
    const part = upload.files === 1 ? "the file" : `file ${upload.file} of ${upload.files}`
    return `uploading ${part}${upload.percent === null ? "" : ` (${upload.percent} %)`}`
  }
  if (job.phase === "launching_browser" && job.config.browser.runMode === "headed") {
    return `${phaseWords.launching_browser}; its window appears`
  }
  return phaseWords[job.phase]
}
