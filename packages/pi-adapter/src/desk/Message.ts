/** The words of a reminder: ids, paths and what to do. Nothing of the answer, nothing of the page. */
import type { Job } from "@effect-oracle/core/domain/Job"
import type { JobPaths } from "@effect-oracle/core/store/StateDirs"
import * as Describe from "./Describe.ts"
import { stepInPi } from "./Outcome.ts"

export interface Message {
  readonly text: string
  readonly details: { readonly job: string; readonly attempt: number; readonly status: string; readonly site: string }
}

/** `own` is false for a session that only hears of the job because the one that asked is gone. */
export const reminder = (job: Job, paths: JobPaths, own: boolean): Message => {
  const files = Describe.filesLine(job, paths)
  const lines = [
    own
      ? `Oracle job ${job.id} has ended: ${job.status}.`
      : `Oracle job ${job.id} of an earlier session of this project has ended: ${job.status}.`,
    ...(job.response === null ? [] : [`answer: ${Describe.answerLine(job, paths)}`]),
    ...(files === null ? [] : [`files: ${files}`]),
    ...(job.error === null ? [] : [`error: ${job.error.code}`, `next step: ${stepInPi(job.error.nextStep)}`]),
    own
      ? `Call oracle_read with jobId "${job.id}" once, then go on with what the person wanted.`
      : `oracle_read with jobId "${job.id}" shows it; it concerns this session only if the person says so.`,
    "This is a reminder, sent once, not a new request: do not submit again, cancel or sign in because of it."
  ]
  return { text: lines.join("\n"), details: { job: job.id, attempt: job.attempt, status: job.status, site: job.site } }
}
