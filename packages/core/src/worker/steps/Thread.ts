/** Step 8: the conversation of the job, recorded and leased as soon as it is durable; and the search for it after a crash. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { type OracleError, oracleError } from "../../error/OracleError.ts"
import type { ChatPage, ThreadRef } from "../../port/ChatBrowser.ts"
import { reach } from "../../port/CrashPoint.ts"
import { JobStore } from "../../store/JobStore.ts"
import { reasonOf, type Verdict } from "../Claims.ts"
import type { JobRun } from "../JobRun.ts"
import { Receipts } from "../Receipts.ts"
import { StartOver } from "../Signals.ts"
import { reachReady } from "./Ready.ts"
import { anchorOf, confirm, keptEvents, markRefused } from "./Send.ts"
import { nowhere, takeOurs } from "./TakeOurs.ts"

/**
 * Pauses after the first look, and then between two that agree, before absence is believed (PRODUCT, section 6). Counted
 * from the look and not from the time in the ledger: the clock may have been set meanwhile, and a second send would
 * follow. Only tests, whose site shows at once what it has, make them shorter.
 */
export const LookPauses: Context.Reference<ReadonlyArray<number>> = Context.Reference(
  "@effect-oracle/core/worker/steps/Thread/LookPauses",
  { defaultValue: (): ReadonlyArray<number> => [60_000, 30_000] }
)
/** Records the conversation of this job and takes it. */
export const recordThread = Effect.fnUntraced(function*(run: JobRun, thread: ThreadRef) {
  const known = yield* run.job
  if (known.conversationId !== thread.conversationId || known.chatUrl !== thread.url) {
    yield* run.write((job) => Result.succeed({ ...job, chatUrl: thread.url, conversationId: thread.conversationId }), {
      durable: true,
      events: (job) => [{ source: "worker", kind: "thread", message: thread.url }, ...keptEvents(job, thread)]
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
  yield* reach("thread.recorded")
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

/** What one look found out: the turn of this job, or whether its absence means anything. */
interface Look {
  readonly found: { readonly thread: ThreadRef | null; readonly userTurnId: string | null } | null
  /** The place where the prompt would be could be read, and it is not there. */
  readonly absent: boolean
  /** Conversations that hold the prompt although none of them can be taken. */
  readonly verdict: Verdict
}

/**
 * Finds out whether the prompt is at the site. Leaves a confirmed ledger and an open page on the conversation; or a
 * refused one where the site's history proves absence; else fails as `send_outcome_unknown`.
 */
export const lookForThread = Effect.fn("JobWorker.lookForThread")(function*(run: JobRun, page: ChatPage) {
  const { chatUrl, send } = yield* run.job
  const look = chatUrl === null ? lookInHistory(run, page) : lookInConversation(run, page, chatUrl)
  const looks = [yield* look]
  for (const pauseMs of yield* LookPauses) {
    if (looks.at(-1)?.found !== null) break
    yield* Effect.sleep(pauseMs)
    looks.push(yield* look)
  }
  const found = looks.at(-1)?.found ?? null
  if (found !== null) return yield* adopt(run, found)
  const isAbsent = looks.slice(-2).every(({ absent }) => absent)
  if (send.state !== "confirmed" && run.site.historyAuthoritative && isAbsent) {
    yield* markRefused(run, "absent from the site twice")
    return yield* new StartOver({ why: "the site proves that nothing was sent" })
  }
  return yield* unknown(run, send.state === "confirmed", looks.at(-1)?.verdict ?? nowhere)
})

/** Names what was found, so that a person who looks at the site knows where. */
const unknown = (run: JobRun, sent: boolean, verdict: Verdict): OracleError => {
  const start = sent ? "the prompt was sent" : `it is not proven whether ${run.site.label} took the prompt`
  const facts = verdict._tag === "Others" || verdict._tag === "Doubtful"
    ? { conversations: verdict.threads.map(({ url }) => url), jobs: [...verdict.jobs] }
    : { conversations: [], jobs: [] }
  return oracleError("send_outcome_unknown", `${start}; ${reasonOf(verdict)}`, { facts })
}

const adopt = Effect.fnUntraced(function*(run: JobRun, found: NonNullable<Look["found"]>) {
  if ((yield* run.job).send.state === "attempting") {
    yield* confirm(run, { ...found, evidence: "the prompt is in the conversation" })
  }
  if (found.thread !== null) yield* recordThread(run, found.thread)
})

const lookInConversation = Effect.fnUntraced(function*(run: JobRun, page: ChatPage, url: string) {
  yield* reachReady(run, page, { _tag: "Conversation", url }, true)
  const probe = yield* page.probe(anchorOf(yield* run.job))
  const there = probe.userTurnFound || probe.answerFound
  const ours = there && (yield* page.holdsPrompt((yield* run.job).prompt.sha256)) !== false
  const found = ours ? { thread: null, userTurnId: probe.userTurnId } : null
  const look: Look = { found, absent: !ours, verdict: nowhere }
  return look
})

/**
 * Only a conversation that came after the baseline can be ours: when the history could not be read then, an older one
 * with the same prompt would pass for it.
 */
const lookInHistory = Effect.fnUntraced(function*(run: JobRun, page: ChatPage) {
  const { send, prompt } = yield* run.job
  const unreadable: Look = { found: null, absent: false, verdict: nowhere }
  if (send.baseline?.historyRead !== true) return unreadable
  yield* reachReady(run, page, { _tag: "NewChat" }, true)
  const { historyRead, threads } = yield* page.findThread(send.baseline, prompt.sha256)
  const verdict = yield* takeOurs(run, threads)
  const none: Look = { found: null, absent: historyRead && verdict._tag === "Nowhere", verdict }
  if (verdict._tag !== "Ours") return none
  yield* reachReady(run, page, { _tag: "Conversation", url: verdict.thread.url }, true)
  const found: Look = { ...none, found: { thread: verdict.thread, userTurnId: null } }
  return found
})
