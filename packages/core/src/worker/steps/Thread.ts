/** Step 8: the conversation of the job, recorded and leased as soon as it is durable; and the search for it after a crash. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { oracleError } from "../../error/OracleError.ts"
import type { ChatPage, ThreadRef } from "../../port/ChatBrowser.ts"
import { JobStore } from "../../store/JobStore.ts"
import type { JobRun } from "../JobRun.ts"
import { Receipts } from "../Receipts.ts"
import { StartOver } from "../Signals.ts"
import { reachReady } from "./Ready.ts"
import { anchorOf, confirm, markRefused } from "./Send.ts"

/** Between two looks that agree, and after the send began, before absence is believed (PRODUCT, section 6). */
const betweenLooksMs = 30_000
const sinceAttemptMs = 60_000

/** Records the conversation of this job and takes it. */
const recordThread = Effect.fnUntraced(function*(run: JobRun, thread: ThreadRef) {
  const known = yield* run.job
  if (known.conversationId !== thread.conversationId || known.chatUrl !== thread.url) {
    yield* run.write((job) => Result.succeed({ ...job, chatUrl: thread.url, conversationId: thread.conversationId }), {
      durable: true,
      events: [{ source: "worker", kind: "thread", message: thread.url }]
    })
  }
  yield* holdThread(run)
})

/** Takes the conversation of this job, where it is known. That another job holds it is only noted: the answer is ours. */
export const holdThread = Effect.fnUntraced(function*(run: JobRun) {
  const store = yield* JobStore
  const receipts = yield* Receipts
  const { chatUrl, conversationId } = yield* run.job
  if (conversationId === null) return
  yield* store.takeConversation(run.id, conversationId, run.fence).pipe(
    Effect.catchTag("OracleError", (error) =>
      Effect.asVoid(run.write(Result.succeed, {
        durable: false,
        events: [{ source: "worker", kind: "warning", message: error.message }]
      })))
  )
  yield* receipts.publish({ _tag: "Thread", job: run.id, url: chatUrl ?? conversationId })
})

/** Records the conversation of the page when it is known by now. True once the job has one. */
export const noticeThread = Effect.fnUntraced(function*(run: JobRun, page: ChatPage) {
  if ((yield* run.job).conversationId !== null) return true
  const thread = yield* page.thread
  if (thread === null) return false
  yield* recordThread(run, thread)
  return true
})

/**
 * Finds out whether the prompt is at the site. Leaves a confirmed ledger and an open page on the conversation; or a
 * refused one where the site's history proves absence; else fails as `send_outcome_unknown`.
 */
export const lookForThread = Effect.fn("JobWorker.lookForThread")(function*(run: JobRun, page: ChatPage) {
  const job = yield* run.job
  const found = job.chatUrl === null
    ? yield* lookInHistory(run, page)
    : yield* lookInConversation(run, page, job.chatUrl)
  if (found !== null) {
    if (job.send.state === "attempting") {
      yield* confirm(run, { ...found, evidence: "the prompt is in the conversation" })
    }
    if (found.thread !== null) yield* recordThread(run, found.thread)
    return
  }
  if (job.send.state === "confirmed") {
    return yield* oracleError("send_outcome_unknown", "the prompt was sent, but its conversation was not found")
  }
  if (yield* absenceProven(run, page)) {
    yield* markRefused(run, "absent from the site's history twice")
    return yield* new StartOver({ why: "the site's history proves that nothing was sent" })
  }
  return yield* oracleError(
    "send_outcome_unknown",
    `it is not proven whether ${run.site.label} took the prompt, and no conversation with it was found`
  )
})

const lookInConversation = Effect.fnUntraced(function*(run: JobRun, page: ChatPage, url: string) {
  yield* reachReady(run, page, { _tag: "Conversation", url }, true)
  const probe = yield* page.probe(anchorOf(yield* run.job))
  return probe.userTurnFound || probe.answerFound ? { thread: null, userTurnId: probe.userTurnId } : null
})

const lookInHistory = Effect.fnUntraced(function*(run: JobRun, page: ChatPage) {
  yield* reachReady(run, page, { _tag: "NewChat" }, true)
  const { send, prompt } = yield* run.job
  if (send.baseline === null) return null
  const { thread } = yield* page.findThread(send.baseline, prompt.sha256)
  if (thread === null) return null
  yield* reachReady(run, page, { _tag: "Conversation", url: thread.url }, true)
  return { thread, userTurnId: null }
})

/** Two complete looks, apart in time and late enough, on a site whose history is authoritative. */
const absenceProven = Effect.fnUntraced(function*(run: JobRun, page: ChatPage) {
  const { baseline, attemptingAt } = (yield* run.job).send
  if (!run.site.historyAuthoritative || baseline === null || !baseline.historyRead || attemptingAt === null) {
    return false
  }
  const sha256 = (yield* run.job).prompt.sha256
  const elapsed = (yield* Clock.currentTimeMillis) - DateTime.toEpochMillis(attemptingAt)
  yield* Effect.sleep(Math.max(0, sinceAttemptMs - elapsed))
  const first = yield* page.findThread(baseline, sha256)
  yield* Effect.sleep(betweenLooksMs)
  yield* page.reload
  const second = yield* page.findThread(baseline, sha256)
  return first.historyRead && second.historyRead && first.thread === null && second.thread === null
})
