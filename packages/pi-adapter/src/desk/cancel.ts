/** `oracle_cancel` and `/oracle-cancel`: ends a job and says what happened. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { isEnded } from "@effect-oracle/core/domain/JobPhase"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { Oracle } from "@effect-oracle/core/Oracle"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as WakeUps from "@effect-oracle/core/wakeup/WakeUps"
import * as Effect from "effect/Effect"
import { Cancel } from "../tools/Parameters.ts"
import * as Jobs from "./Jobs.ts"
import { succeeded } from "./Outcome.ts"
import * as Place from "./Place.ts"
import { decode } from "./Requests.ts"

export interface Cancelling {
  readonly place: Place.Place
  /** Jobs that this session is ending just now: it is not reminded of them meanwhile. */
  readonly ending: Set<string>
}

export const cancelTool = Effect.fn("oracle_cancel")(function*(context: Cancelling, given: unknown) {
  const { jobId } = yield* decode(Cancel, given)
  return yield* cancelJob(context, jobId, "oracle_cancel")
})

/** Never guesses which job is meant. */
export const cancelCommand = Effect.fn("/oracle-cancel")(function*(context: Cancelling, text: string) {
  if (text === "") {
    return yield* oracleError("usage_error", "no job was named", { step: "/oracle-status lists the jobs" })
  }
  return yield* cancelJob(context, text, "/oracle-cancel")
})

/** Who ended the job needs no reminder of its end. */
const cancelJob = Effect.fnUntraced(function*({ ending, place }: Cancelling, text: string, source: string) {
  const job = yield* Jobs.find(place, text)
  ending.add(job.id)
  const ended = yield* Effect.ensuring(endJob(place, job, source), Effect.sync(() => ending.delete(job.id)))
  return succeeded(words(job, ended), { summary: `${ended.id}: ${ended.status}`, job: Jobs.factsOf(ended) })
})

const endJob = Effect.fnUntraced(function*(place: Place.Place, job: Job, source: string) {
  const oracle = yield* Oracle
  const ended = isEnded(job.phase) ? job : yield* oracle.cancel(job.id, `cancelled with ${source} in pi`)
  if (ended.status === "cancelled" && place.session?.id === ended.sessionId) {
    yield* WakeUps.settle(ended.id, Place.reader(place, source))
  }
  return ended
})

const words = (before: Job, job: Job): string => {
  if (isEnded(before.phase)) return `job ${job.id} had already ended: ${job.status}`
  if (job.status === "complete") return `job ${job.id} was complete before it could be cancelled; oracle_read shows it`
  if (job.status === "failed") return `job ${job.id} failed before it could be cancelled: ${job.error?.code ?? ""}`
  if (job.status !== "cancelled") return `job ${job.id} is being cancelled; it is still ${job.phase}`
  if (job.send.state === "not_started" || job.send.state === "refused") {
    return `job ${job.id} is cancelled; nothing was sent`
  }
  const place = job.chatUrl === null ? "" : ` at ${sanitiseLine(job.chatUrl)}`
  const sent = job.send.state === "confirmed" ? "its prompt had been sent" : "its prompt may have been sent"
  return `job ${job.id} is cancelled; ${sent}, and the site may go on answering${place}`
}
