/** Step 7: fill the prompt and send it at most once; the ledger says what is proven (PRODUCT, section 6). */
import * as Digest from "effect/crypto/Digest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { Job } from "../../domain/Job.ts"
import * as JobTransition from "../../domain/JobTransition.ts"
import type { SendBaseline } from "../../domain/SendLedger.ts"
import { oracleError } from "../../error/OracleError.ts"
import { classify } from "../../page/PageClassifier.ts"
import type { TurnAnchor } from "../../page/TurnProbe.ts"
import type { ChatPage, SendOutcome, ThreadRef } from "../../port/ChatBrowser.ts"
import { reach } from "../../port/CrashPoint.ts"
import { JobFiles } from "../../store/JobFiles.ts"
import type { EventInput } from "../../store/JobStore.ts"
import type { JobRun } from "../JobRun.ts"
import { Receipts } from "../Receipts.ts"
import { HeldUp, StartOver } from "../Signals.ts"
import { SiteThrottle } from "../SiteThrottle.ts"
import { limitOf, within } from "../StepLimits.ts"
import { onBlocking } from "./Ready.ts"
import { takeOurs } from "./TakeOurs.ts"
import { checkThrottle } from "./Throttle.ts"

/** How the turn of this job is found, from its ledger. */
export const anchorOf = (job: Job): TurnAnchor => ({
  userTurnId: job.send.userTurnId,
  turnsBefore: job.send.baseline?.turnCount ?? 0,
  lastTurnIdBefore: job.send.baseline?.lastTurnId ?? null,
  promptSha256: job.prompt.sha256
})

/** Reads the prompt back and makes sure that it is the one that was submitted. */
const readPrompt = Effect.fnUntraced(function*(run: JobRun) {
  const files = yield* JobFiles
  const digest = yield* Digest.Digest
  const { prompt } = yield* run.job
  const text = yield* files.read(run.paths.prompt)
  const sha256 = text === null ? null : yield* digest.digestHex(Digest.sha256, new TextEncoder().encode(text))
  return text !== null && sha256 === prompt.sha256
    ? text
    : yield* oracleError("storage_failed", `${run.paths.prompt} is not the prompt that was submitted`)
})

export const composeAndSend = Effect.fn("JobWorker.send")(function*(run: JobRun, page: ChatPage) {
  const prompt = yield* readPrompt(run)
  yield* checkThrottle(run)
  yield* run.enter("sending", "filling the prompt")
  yield* reach("compose.before")
  yield* within("send", run.config)(page.compose(prompt))
  yield* reach("compose.after")
  const baseline = yield* within("send", run.config)(page.baseline)
  yield* reach("baseline.after")
  yield* Effect.uninterruptible(sendOnce(run, page, baseline))
})

/** Uninterruptible from the intent to the proof, bounded by a time-out of its own. */
const sendOnce = Effect.fnUntraced(function*(run: JobRun, page: ChatPage, baseline: SendBaseline) {
  const receipts = yield* Receipts
  const before = yield* run.job
  const attempting = yield* run.change((job, now) =>
    JobTransition.ledger(job, {
      ...job.send,
      state: "attempting",
      baseline,
      attemptingAt: now,
      evidence: null,
      userTurnId: null
    }), { durable: true, events: [{ source: "worker", kind: "send", message: "attempting" }] })
  yield* receipts.publish({ _tag: "Ledger", job: run.id, state: "attempting" })

  yield* reach("send.before")
  const outcome = yield* page.send(anchorOf(attempting)).pipe(
    Effect.timeoutOrElse({
      duration: limitOf("send", run.config),
      orElse: () => Effect.succeed<SendOutcome>({ _tag: "Unproven", evidence: "no proof within the step's limit" })
    }),
    Effect.catchTag(
      "OracleError",
      (error) => Effect.succeed<SendOutcome>({ _tag: "Unproven", evidence: `${error.code} during the send` })
    ),
    Effect.catchDefect(() => Effect.succeed<SendOutcome>({ _tag: "Unproven", evidence: "defect during the send" }))
  )
  yield* reach("send.after")
  yield* settle(run, page, outcome, before)
})

const settle = Effect.fnUntraced(function*(run: JobRun, page: ChatPage, outcome: SendOutcome, before: Job) {
  switch (outcome._tag) {
    case "Confirmed":
      if (yield* isOthers(run, outcome)) {
        return yield* unproven(run, `${outcome.evidence}, in a conversation that another job may have made`)
      }
      return yield* confirm(run, outcome)
    case "Refused":
      return yield* refuse(run, page, outcome, before)
    case "Unproven":
      return yield* unproven(run, outcome.evidence)
  }
})

const isOthers = Effect.fnUntraced(function*(
  run: JobRun,
  { searched, thread }: Extract<SendOutcome, { _tag: "Confirmed" }>
) {
  return searched === true && thread !== null && (yield* takeOurs(run, [thread]))._tag !== "Ours"
})

const unproven = Effect.fnUntraced(function*(run: JobRun, evidence: string) {
  yield* run.write(Result.succeed, { events: [{ source: "worker", kind: "send", message: `unproven: ${evidence}` }] })
  return yield* new StartOver({ why: "the outcome of the send is not proven" })
})

/** A temporary chat that got an address stays with the site: what a person should know who did not want that. */
export const keptEvents = (job: Job, thread: ThreadRef | null): ReadonlyArray<EventInput> =>
  job.temporary === true && thread !== null
    ? [{
      source: "worker",
      kind: "warning",
      message: `the site keeps this chat although a temporary one was asked for: ${thread.url}`
    }]
    : []

/** Makes the proof durable, together with the conversation where it is known already. */
export const confirm = Effect.fnUntraced(function*(
  run: JobRun,
  proof: Pick<Extract<SendOutcome, { _tag: "Confirmed" }>, "evidence" | "thread" | "userTurnId">
) {
  const receipts = yield* Receipts
  const throttle = yield* SiteThrottle
  const job = yield* run.write((job, now) =>
    Result.map(
      JobTransition.ledger(job, {
        ...job.send,
        state: "confirmed",
        confirmedAt: now,
        evidence: proof.evidence,
        userTurnId: proof.userTurnId
      }),
      (job) => ({
        ...job,
        blocked: null,
        chatUrl: proof.thread?.url ?? job.chatUrl,
        conversationId: proof.thread?.conversationId ?? job.conversationId
      })
    ), {
    durable: true,
    events: (job) => [
      { source: "worker", kind: "send", message: `confirmed: ${proof.evidence}` },
      ...keptEvents(job, proof.thread)
    ]
  })
  yield* throttle.clear(job)
  yield* receipts.publish({ _tag: "Ledger", job: run.id, state: "confirmed" })
})

/** Records that nothing was taken. One more send is tried; a rate limit, told or shown, is waited for instead. */
const refuse = Effect.fnUntraced(function*(
  run: JobRun,
  page: ChatPage,
  outcome: Extract<SendOutcome, { _tag: "Refused" }>,
  before: Job
) {
  const receipts = yield* Receipts
  yield* markRefused(run, outcome.evidence)
  yield* receipts.publish({ _tag: "Ledger", job: run.id, state: "refused" })
  if (outcome.httpStatus === 429) {
    const error = oracleError("rate_limited", `${run.site.label} refused the prompt for now: ${outcome.evidence}`)
    return yield* new HeldUp({ reason: "rate_limit", error })
  }
  const seen = yield* Effect.option(page.observe)
  const state = Option.map(seen, (observation) => onBlocking(classify(observation), run.site.label, false))
  if (Option.isSome(state) && state.value._tag === "HeldUp") return yield* state.value
  if (before.send.refusedAt !== null) {
    return yield* oracleError("send_refused", `${run.site.label} refused the prompt twice: ${outcome.evidence}`)
  }
  return yield* new StartOver({ why: "the site refused the prompt" })
})

export const markRefused = (run: JobRun, evidence: string) =>
  run.write((job, now) => JobTransition.ledger(job, { ...job.send, state: "refused", refusedAt: now, evidence }), {
    durable: true,
    events: [{ source: "worker", kind: "send", message: `refused: ${evidence}` }]
  })
