/** What a person does to a job that exists: cancel it, resume it. */
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { isActive, isEnded } from "../domain/JobPhase.ts"
import * as JobTransition from "../domain/JobTransition.ts"
import { oracleError } from "../error/OracleError.ts"
import { HostLauncher } from "../host/HostLauncher.ts"
import { ChatBrowser, type ThreadRef } from "../port/ChatBrowser.ts"
import { neverAdmitted } from "../queue/Seating.ts"
import { JobStore } from "../store/JobStore.ts"
import { isInUse } from "../upkeep/Borrowed.ts"
import * as Reconcile from "../upkeep/Reconcile.ts"
import { ownerOf } from "../worker/Claims.ts"
import { observationLimitMs, resumeFloorMs } from "../worker/StepLimits.ts"
import { wait } from "./Following.ts"
import { refuseBusy } from "./ThreadChoice.ts"

const cancelWaitMs = 20_000

interface ResumeOptions {
  readonly conversation?: string
  readonly sendAgain?: boolean
}

const withIntent = (job: Job, now: DateTime.Utc, reason: string): Job => ({
  ...job,
  cancel: job.cancel ?? { requestedAt: now, reason }
})

/** A queued job ends at once, an active one by its host, within bounds; an ended one is left as it is. */
export const cancel = Effect.fn("Oracle.cancel")(function*(id: JobId, reason: string) {
  const store = yield* JobStore
  const launcher = yield* HostLauncher
  const job = yield* Reconcile.endUnsubmitted(id, (job, now) => {
    if (isEnded(job.phase)) return Result.succeed(job)
    const intended = withIntent(job, now, reason)
    return isActive(job.phase) ? Result.succeed(intended) : JobTransition.cancelled(intended, now)
  })
  if (isEnded(job.phase)) {
    yield* store.release(id, ["runtime", "conversation"])
    return job
  }
  yield* launcher.ensure
  return yield* wait(id, cancelWaitMs).pipe(
    Effect.catchIf((error) => error.code === "wait_timeout", () => store.get(id))
  )
})

/**
 * Puts a failed job, or a complete one whose answer lacks files, back into the queue, where its record says how it goes
 * on. A conversation that is named here is only taken once the worker has seen the prompt in it.
 */
export const resume = Effect.fn("Oracle.resume")(function*(id: JobId, options: ResumeOptions) {
  const store = yield* JobStore
  const launcher = yield* HostLauncher
  const browser = yield* ChatBrowser
  const before = yield* store.get(id)
  yield* refuse(before, options)
  if (yield* isInUse(before)) {
    return yield* oracleError("job_active", `'oracle clean' works on the conversation of job ${id}`, {
      step: "wait for it to end",
      facts: { job: id }
    })
  }
  const thread = options.conversation === undefined
    ? null
    : yield* browser.parseThread(before.site, before.config, options.conversation)
  if (thread !== null) yield* refuseTaken(before, thread)
  yield* store.update(id, (job, now) => {
    if (job.runtime?.id !== before.runtime?.id) {
      return Result.fail(oracleError("job_active", `job ${id} changed meanwhile`))
    }
    const allowed = options.sendAgain === true ? JobTransition.allowSecondSend(job) : Result.succeed(job)
    return Result.flatMap(allowed, (job) =>
      Result.map(JobTransition.resume(job, now), (resumed) => ({
        ...resumed,
        send: thread === null ? job.send : { ...job.send, named: thread },
        observedMs: Math.min(job.observedMs, Math.max(0, observationLimitMs(resumed) - resumeFloorMs))
      })))
  }, {
    durable: true,
    events: [{ source: "client", kind: "resume", message: options.sendAgain === true ? "send again" : "resumed" }]
  }).pipe(
    Effect.catchTag(
      ["IllegalTransition", "Fenced"],
      () => Effect.fail(oracleError("job_active", `job ${id} changed meanwhile`, { facts: { job: id } }))
    )
  )
  yield* launcher.ensure
  return yield* store.get(id)
})

const refuseTaken = Effect.fnUntraced(function*(job: Job, thread: ThreadRef) {
  yield* refuseBusy(job.site, thread, job.id)
  const { jobs } = yield* (yield* JobStore).list({ limit: Infinity })
  const owner = ownerOf(job, thread, jobs)
  if (owner === null) return
  return yield* oracleError("conversation_mismatch", `job ${owner} sent the same prompt to ${thread.url}`, {
    step: "name the conversation that this job's prompt is in"
  })
})

/** True where the resumed job would have to send. */
const needsArchive = ({ send }: Job, { sendAgain }: ResumeOptions): boolean =>
  sendAgain === true || send.state === "not_started" || send.state === "refused"

const refuse = Effect.fnUntraced(function*(job: Job, options: ResumeOptions) {
  const usage = (detail: string, step: string) => oracleError("usage_error", detail, { step, facts: { job: job.id } })
  const without = `run 'oracle resume ${job.id}' alone`
  const { phase, send } = job
  if (job.temporary === true && isEnded(phase) && send.state === "confirmed") {
    return yield* oracleError("temporary_chat_lost", `the temporary chat of job ${job.id} went with its browser`)
  }
  if (!isEnded(phase)) {
    return yield* oracleError("job_active", `job ${job.id} is ${job.status}`, {
      step: `it goes on by itself: run 'oracle wait ${job.id}'`,
      facts: { job: job.id, status: job.status }
    })
  }
  if (phase !== "failed" && phase !== "complete_with_artifact_errors") {
    return yield* usage(
      `job ${job.id} is ${job.status}; only a failed job, or one that lacks files, is resumed`,
      job.status === "complete"
        ? `run 'oracle read ${job.id}' to see its answer`
        : "submit again if you still want the answer"
    )
  }
  if (options.sendAgain === true && options.conversation !== undefined) {
    return yield* usage("adopt a conversation or send again, not both", "look at the site, then choose one of the two")
  }
  if (options.sendAgain === true && (phase !== "failed" || send.state !== "attempting")) {
    return yield* usage(`the send of job ${job.id} is ${send.state}: nothing to send again`, without)
  }
  if (needsArchive(job, options) && (neverAdmitted(job) || job.archive?.deletedAt != null)) {
    return yield* oracleError("submission_interrupted", `the archive of job ${job.id} is gone, so it cannot be sent`)
  }
  if (options.conversation === undefined) return
  if (phase !== "failed") return yield* usage(`job ${job.id} has its conversation`, without)
  if (send.state === "not_started" || send.state === "refused") {
    return yield* usage(`job ${job.id} has sent nothing, so no conversation holds its prompt`, without)
  }
})
