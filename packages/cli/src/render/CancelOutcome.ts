/** What became of a job that was to be cancelled, in a sentence. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"

export const cancelOutcome = (job: Pick<Job, "id" | "status" | "send" | "chatUrl" | "error">): string => {
  if (job.status === "complete") {
    return `the job was complete before it could be cancelled; 'oracle read ${job.id}' prints the answer`
  }
  if (job.status === "failed") {
    return `the job had failed before it could be cancelled: ${sanitiseLine(job.error?.message ?? "unknown reason")}`
  }
  const goesOn = `the site may go on answering${job.chatUrl === null ? "" : ` at ${sanitiseLine(job.chatUrl)}`}`
  const sent = {
    not_started: "nothing was sent",
    refused: "nothing was sent",
    attempting: `it is not known whether the prompt was sent; ${goesOn}`,
    confirmed: `the prompt was sent before; ${goesOn}`
  }[job.send.state]
  if (job.status === "cancelled") return `cancelled; ${sent}`
  return `the job is being cancelled and is not yet ended; 'oracle wait ${job.id}' waits for its end`
}
