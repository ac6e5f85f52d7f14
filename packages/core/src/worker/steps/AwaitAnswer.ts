/** Step 9: wait for the answer to this turn, with progress, bounded by observation time. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Progress } from "../../domain/Job.ts"
import { type OracleError, oracleError } from "../../error/OracleError.ts"
import { classify } from "../../page/PageClassifier.ts"
import type { TurnProbe } from "../../page/TurnProbe.ts"
import * as TurnProgress from "../../page/TurnProgress.ts"
import type { ChatPage } from "../../port/ChatBrowser.ts"
import { reach } from "../../port/CrashPoint.ts"
import { elapsedMs } from "../Elapsed.ts"
import type { JobRun } from "../JobRun.ts"
import { HeldUp } from "../Signals.ts"
import { observationLimitMs } from "../StepLimits.ts"
import { savePartial } from "./Extract.ts"
import { onBlocking } from "./Ready.ts"
import { anchorOf } from "./Send.ts"
import { holdThread, noticeThread } from "./Thread.ts"

const continueLimit = 10
const progressEveryMs = 1000
/** How often the whole page is classified while nothing goes on, and while the answer grows. */
const lookIdleMs = 5000
const lookBusyMs = 30_000
/** How soon a look that found trouble is repeated. */
const lookAgainMs = 2000
/** A page that does not show our turn for this long is loaded anew. */
const staleMs = 60_000
const failedProbes = 5

interface Wait {
  turn: TurnProgress.TurnState
  continued: number
  /** Observation of this worker that is not in the record yet. */
  unsavedMs: number
  savedAtMs: number
  lookedAtMs: number
  seenAtMs: number
  lastStepMs: number
  blockedLooks: number
  failures: number
}

/** Returns once the turn is finished. Text so far is saved when the time is up, the turn failed or the site holds it up. */
export const awaitAnswer = Effect.fn("JobWorker.awaitAnswer")(function*(run: JobRun, page: ChatPage) {
  yield* run.enter("awaiting_response", "waiting for the answer")
  yield* holdThread(run)
  const start = yield* elapsedMs
  const wait: Wait = {
    turn: TurnProgress.initial,
    continued: 0,
    unsavedMs: 0,
    savedAtMs: 0,
    lookedAtMs: start,
    seenAtMs: start,
    lastStepMs: start,
    blockedLooks: 0,
    failures: 0
  }
  while (true) {
    const nextMs = yield* Effect.tapErrorTag(turnOf(run, page, wait), "HeldUp", () => savePartial(run, page))
    if (nextMs === null) return yield* reach("answer.finished")
    yield* Effect.sleep(nextMs)
    const now = yield* elapsedMs
    wait.unsavedMs += Math.min(now - wait.lastStepMs, nextMs * 2 + 5000)
    wait.lastStepMs = now
    const { attempt, config, observedMs } = yield* run.job
    const limit = observationLimitMs({ attempt, config })
    if (observedMs + wait.unsavedMs < limit) continue
    yield* saveObserved(run, wait)
    yield* savePartial(run, page)
    return yield* oracleError("completion_timeout", `no complete answer after ${limit} ms of observation`)
  }
})

/** One reading. Answers the pause before the next, or null when the answer is finished. */
const turnOf = Effect.fnUntraced(function*(run: JobRun, page: ChatPage, wait: Wait) {
  const anchor = anchorOf(yield* run.job)
  yield* reach("probe.before")
  const probe = yield* Effect.result(page.probe(anchor))
  yield* reach("probe.after")
  if (Result.isFailure(probe)) return yield* afterFailedProbe(run, page, wait, probe.failure)
  wait.failures = 0
  const now = yield* elapsedMs
  yield* noticeThread(run, page)
  yield* noticeTurn(run, wait, probe.success, now)
  const { state, verdict } = TurnProgress.step(wait.turn, probe.success, now)
  wait.turn = state
  switch (verdict._tag) {
    case "Finished":
      yield* saveObserved(run, wait)
      return null
    case "Failed":
      yield* saveObserved(run, wait)
      yield* savePartial(run, page)
      return yield* oracleError("response_failed", `${run.site.label} reports an error in the turn of this job`)
    case "Continue":
      if (wait.continued >= continueLimit) {
        yield* savePartial(run, page)
        return yield* oracleError("response_failed", `the answer was still cut after ${continueLimit} continuations`)
      }
      wait.continued += 1
      wait.turn = TurnProgress.initial
      yield* run.owned
      yield* page.continueGenerating(anchor)
      return progressEveryMs
    case "Wait":
      yield* saveProgress(run, wait, verdict.stage, verdict.chars, now)
      yield* look(run, page, wait, verdict.stage, now)
      return verdict.nextMs
  }
})

/** Single readings may fail while a page moves; a page that cannot be read at all counts as an outage of the site. */
const afterFailedProbe = Effect.fnUntraced(function*(run: JobRun, page: ChatPage, wait: Wait, error: OracleError) {
  if (error.code === "browser_crashed") return yield* error
  wait.failures += 1
  if ((yield* run.job).temporary === true) return progressEveryMs * Math.min(failedProbes, wait.failures)
  if (wait.failures > failedProbes) return yield* new HeldUp({ reason: "outage", error })
  if (wait.failures === failedProbes - 1) yield* Effect.ignore(page.reload)
  return progressEveryMs * wait.failures
})

const noticeTurn = Effect.fnUntraced(function*(run: JobRun, wait: Wait, probe: TurnProbe, now: number) {
  if (!probe.userTurnFound && !probe.answerFound) return
  wait.seenAtMs = now
  const job = yield* run.job
  const userTurnId = probe.userTurnId ?? job.send.userTurnId
  if (job.blocked === null && job.send.userTurnId === userTurnId) return
  yield* run.change((job) => Result.succeed({ ...job, blocked: null, send: { ...job.send, userTurnId } }))
})

const saveProgress = Effect.fnUntraced(function*(
  run: JobRun,
  wait: Wait,
  stage: Progress["stage"],
  chars: number,
  now: number
) {
  if (now - wait.savedAtMs < progressEveryMs) return
  wait.savedAtMs = now
  const observed = wait.unsavedMs
  wait.unsavedMs = 0
  yield* run.change((job, at) =>
    Result.succeed({
      ...job,
      heartbeatAt: at,
      observedMs: job.observedMs + observed,
      progress: { stage, chars, at }
    }), { durable: false })
})

const saveObserved = Effect.fnUntraced(function*(run: JobRun, wait: Wait) {
  const observed = wait.unsavedMs
  wait.unsavedMs = 0
  yield* run.change((job) => Result.succeed({ ...job, observedMs: job.observedMs + observed }), { durable: false })
})

/**
 * Classifies the page now and then: a blocking state holds the job up, a page without our turn is loaded anew. The page of
 * a temporary chat is the only place where it exists: it is neither left nor loaded anew, whatever it shows.
 */
const look = Effect.fnUntraced(function*(
  run: JobRun,
  page: ChatPage,
  wait: Wait,
  stage: Progress["stage"],
  now: number
) {
  const due = wait.blockedLooks > 0 ? lookAgainMs : stage === "idle" ? lookIdleMs : lookBusyMs
  if (now - wait.lookedAtMs < due) return
  wait.lookedAtMs = now
  if ((yield* run.job).temporary === true) return
  const state = classify(yield* page.observe)
  const blocking = onBlocking(state, run.site.label, true)
  if (blocking._tag === "HeldUp") {
    wait.blockedLooks += 1
    if (wait.blockedLooks >= 2) return yield* blocking
    return
  }
  wait.blockedLooks = 0
  if (now - wait.seenAtMs < staleMs) return
  wait.seenAtMs = now
  yield* page.reload
})
