/** What became of a job that was to be cancelled, in a sentence. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"

export const cancelOutcome = (job: Job): string => {
  if (job.status === "complete") {
    return `the job was complete before it could be cancelled; 'oracle read ${job.id}' prints the answer`
  }
  if (job.status === "failed") {
    return `the job had failed before it could be cancelled: ${sanitiseLine(job.error?.message ?? "unknown reason")}`
  }
  const sent = job.send.state === "not_started" || job.send.state === "refused"
    ? "nothing was sent"
    : `the prompt was sent before; the site may go on answering${
      job.chatUrl === null ? "" : ` at ${sanitiseLine(job.chatUrl)}`
    }`
  return `cancelled; ${sent}`
}
