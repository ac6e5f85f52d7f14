/** What a worker does with a job, decided from its record alone: after a crash, a lost browser, or at its first start. */
import type { Job } from "../domain/Job.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import type { ThreadRef } from "../port/ChatBrowser.ts"

/** Starts of a worker before anything was sent, for each attempt. */
export const maxStarts = 3

export type Decision =
  /** Nothing was sent: run all steps. */
  | { readonly _tag: "StartAgain" }
  /** The prompt is in this conversation: reopen it and go on waiting; nothing is sent. */
  | { readonly _tag: "ResumeThread"; readonly url: string }
  /** A person named this conversation: take it when the prompt is in it. */
  | { readonly _tag: "Adopt"; readonly thread: ThreadRef }
  /** The prompt may have been sent: look for its conversation; absence alone never permits a second send. */
  | { readonly _tag: "LookForThread" }
  | { readonly _tag: "FailWith"; readonly error: OracleError }

const unknownOutcome = (detail: string): Decision => ({
  _tag: "FailWith",
  error: oracleError("send_outcome_unknown", detail)
})

/** The page of a temporary chat is the only place where it exists. */
const lostTemporary: Decision = {
  _tag: "FailWith",
  error: oracleError("temporary_chat_lost", "the temporary chat of this job went with its browser")
}

/** Pure. Only `StartAgain` leads to a send, and only from a ledger that says that nothing left or that it was refused. */
export const decide = (job: Job): Decision => {
  const { named, state } = job.send
  if (named != null && (state === "attempting" || state === "confirmed")) return { _tag: "Adopt", thread: named }
  switch (state) {
    case "not_started":
    case "refused":
      return job.starts >= maxStarts
        ? {
          _tag: "FailWith",
          error: oracleError("start_limit_reached", `the job was started ${job.starts} times without reaching its send`)
        }
        : { _tag: "StartAgain" }
    case "confirmed":
      if (job.temporary === true) return lostTemporary
      if (job.chatUrl !== null) return { _tag: "ResumeThread", url: job.chatUrl }
      return job.send.baseline === null
        ? unknownOutcome("the prompt was sent, but its conversation is not known")
        : { _tag: "LookForThread" }
    case "attempting":
      if (job.temporary === true) {
        return unknownOutcome("a temporary chat leaves no trace by which its send could be seen")
      }
      return job.send.baseline === null
        ? unknownOutcome("the send was under way when its worker ended, and what the site held before is not known")
        : { _tag: "LookForThread" }
  }
}
