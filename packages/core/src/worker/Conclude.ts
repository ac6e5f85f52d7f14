/** Decides what follows a round that did not end in an answer, and writes it while the page is still open. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Ref from "effect/Ref"
import * as Result from "effect/Result"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { isEnded } from "../domain/JobPhase.ts"
import * as JobTransition from "../domain/JobTransition.ts"
import { mayBeOut } from "../domain/SendLedger.ts"
import { type OracleError, oracleError, viewOf } from "../error/OracleError.ts"
import type { ChatPage } from "../port/ChatBrowser.ts"
import { type Fence, JobStore } from "../store/JobStore.ts"
import { signInTarget } from "../text/SignIn.ts"
import type { JobRun } from "./JobRun.ts"
import { Receipts } from "./Receipts.ts"
import { decide } from "./Recovery.ts"
import { HeldUp, type StepError } from "./Signals.ts"
import * as SoleUse from "./SoleUse.ts"
import * as WorkerLog from "./WorkerLog.ts"

export type Next =
  | { readonly _tag: "Ended" }
  /** Open a new browser and go on where the record says. */
  | { readonly _tag: "Again" }
  /** Wait for the outside without a browser. */
  | { readonly _tag: "Hold"; readonly held: HeldUp }

export const ended: Next = { _tag: "Ended" }
const again: Next = { _tag: "Again" }
const hold = (held: HeldUp): Next => ({ _tag: "Hold", held })

const diagnoseMs = 15_000

/** Failures that do not end a job whose prompt may be out, and what it waits for. */
const passing: Partial<Record<OracleError["code"], HeldUp["reason"]>> = {
  outage: "outage",
  step_timeout: "outage",
  browser_launch_failed: "outage",
  seed_missing: "login",
  seed_invalid: "login",
  seed_busy: "login"
}

export const conclude = <R>(
  run: JobRun,
  page: Ref.Ref<ChatPage | null>,
  driven: Effect.Effect<Next, StepError, R>,
  lastChance: boolean
) =>
  driven.pipe(
    Effect.catchDefect((defect) => {
      const error = oracleError("internal_error", "a defect ended the worker of this job", { cause: defect })
      return Effect.andThen(Effect.logError(`defect in a worker: ${framesOf(defect)}`), Effect.fail(error))
    }),
    Effect.catchTags({
      CancelRequested: () => cancelJob(run),
      AlreadyEnded: () => Effect.succeed(ended),
      HeldUp: (held) => Effect.as(held.reason === "login" ? endedBySibling(run) : Effect.void, hold(held)),
      StartOver: ({ why }) => startOver(run, page, why, lastChance),
      OracleError: (error) => afterError(run, page, error, lastChance)
    })
  )

/** Where a defect came from. Its message stays out of the log: it may quote what was typed or read. */
const framesOf = (defect: unknown): string =>
  defect instanceof Error
    ? [defect.name, ...(defect.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)).slice(0, 8)].join("\n")
    : typeof defect

const note = (run: JobRun, message: string) =>
  run.write(Result.succeed, { durable: false, events: [{ source: "worker", kind: "note", message }] })

/** True when another job of this account has just loaded: the two then take turns, and this one waits for its own. */
const endedBySibling = Effect.fnUntraced(function*(run: JobRun) {
  const sibling = yield* SoleUse.learn(yield* run.job)
  if (sibling === null) return false
  yield* note(
    run,
    `the login was lost when job ${sibling} loaded the site: this account runs one job at a time from now on`
  )
  return true
})

const startOver = Effect.fnUntraced(function*(
  run: JobRun,
  page: Ref.Ref<ChatPage | null>,
  why: string,
  lastChance: boolean
) {
  yield* note(run, why)
  if (!lastChance) yield* diagnose(run, page, yield* run.job)
  return lastChance ? yield* fail(run, page, oracleError("send_outcome_unknown", why)) : again
})

/** Ends the job as cancelled; nothing is pressed on the site. */
export const cancelJob = Effect.fnUntraced(function*(run: JobRun) {
  const receipts = yield* Receipts
  yield* run.write(
    (job, now) =>
      Result.map(JobTransition.cancelled(job, now), (job) => ({ ...job, cleanup: { ...job.cleanup, pending: true } })),
    {
      durable: true,
      events: [{ source: "worker", kind: "cancel", message: "cancelled; the site may go on generating" }]
    }
  )
  yield* receipts.publish({ _tag: "Entered", job: run.id, phase: "cancelled" })
  return ended
})

/**
 * A lost browser is opened again when the record allows it, one that does not start is tried once more; a passing trouble
 * after the send, or after one that is not proven, is waited out.
 */
const afterError = Effect.fnUntraced(function*(
  run: JobRun,
  page: Ref.Ref<ChatPage | null>,
  error: OracleError,
  lastChance: boolean
) {
  const job = yield* (yield* JobStore).get(run.id)
  if (isEnded(job.phase)) return ended
  const sent = mayBeOut(job.send)
  const isLost = error.code === "browser_crashed" || (error.code === "browser_launch_failed" && job.starts < 2 && !sent)
  const next = decide(job)
  if (isLost && !lastChance && next._tag !== "FailWith") {
    yield* note(run, "the browser was lost")
    return again
  }
  if (isLost && job.temporary === true && next._tag === "FailWith") return yield* fail(run, page, next.error)
  if (error.code === "login_required" && (yield* endedBySibling(run))) {
    return hold(new HeldUp({ reason: "login", error }))
  }
  const reason = passing[error.code]
  if (sent && reason !== undefined && job.temporary !== true) {
    yield* diagnose(run, page, job)
    return hold(new HeldUp({ reason, error }))
  }
  return yield* fail(run, page, error)
})

const fail = Effect.fnUntraced(function*(run: JobRun, page: Ref.Ref<ChatPage | null>, error: OracleError) {
  yield* diagnose(run, page, yield* run.job)
  yield* failJob(run.id, run.fence, error)
  return ended
})

/** Screenshot, observation and text of a page that stands in the way, in `diagnostics/<phase>-<n>`. */
const diagnose = Effect.fnUntraced(function*(run: JobRun, page: Ref.Ref<ChatPage | null>, job: Job) {
  const open = yield* Ref.get(page)
  if (open === null) return
  yield* open.diagnose(yield* freshDirectory(`${run.paths.diagnostics}/${job.phase}`)).pipe(
    Effect.timeoutOption(diagnoseMs),
    Effect.ignore
  )
})

const freshDirectory = Effect.fnUntraced(function*(stem: string) {
  const fs = yield* FileSystem.FileSystem
  let number = 1
  while (yield* Effect.orElseSucceed(fs.exists(`${stem}-${number}`), () => false)) number += 1
  return `${stem}-${number}`
})

/** Ends an open job as failed; an end that another hand wrote stands. */
export const failJob = Effect.fnUntraced(function*(id: JobId, fence: Fence, error: OracleError) {
  const store = yield* JobStore
  const receipts = yield* Receipts
  const events = [{ source: "worker" as const, kind: "error" as const, message: `${error.code}: ${error.message}` }]
  yield* store.update(id, (job, now) =>
    Result.map(
      JobTransition.fail(job, viewOf(error, { job: id, site: signInTarget(job) }), now),
      (job) => ({ ...job, cleanup: { ...job.cleanup, pending: true } })
    ), {
    fence,
    durable: true,
    events
  }).pipe(
    Effect.andThen(WorkerLog.append(id, events)),
    Effect.andThen(receipts.publish({ _tag: "Entered", job: id, phase: "failed" })),
    Effect.catchTag(
      "IllegalTransition",
      (illegal) => Effect.flatMap(store.get(id), (job) => isEnded(job.phase) ? Effect.void : Effect.die(illegal))
    )
  )
})
