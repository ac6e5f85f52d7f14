/** The conversation that a person named after an unproven send: taken when the prompt is in it, refused otherwise. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { oracleError } from "../../error/OracleError.ts"
import type { ChatPage, ThreadRef } from "../../port/ChatBrowser.ts"
import { JobStore } from "../../store/JobStore.ts"
import { ownerOf } from "../Claims.ts"
import type { JobRun } from "../JobRun.ts"
import { reachReady } from "./Ready.ts"
import { anchorOf, confirm } from "./Send.ts"
import { recordThread } from "./Thread.ts"

/** Looks at the turns of a conversation that is still being drawn. */
const looks = 5

/**
 * Leaves a confirmed ledger and an open page on the conversation, or fails as `conversation_mismatch` with the ledger as
 * it was: that the prompt is not in a conversation which somebody named says nothing about where it is.
 */
export const adoptNamed = Effect.fn("JobWorker.adoptNamed")(
  function*(run: JobRun, page: ChatPage, thread: ThreadRef) {
    yield* take(run, thread)
    yield* reachReady(run, page, { _tag: "Conversation", url: thread.url }, true)
    const found = yield* look(run, page)
    if (found === null) return yield* oracleError("conversation_mismatch", `the prompt is not in ${thread.url}`)
    if ((yield* run.job).send.state === "attempting") {
      yield* confirm(run, { ...found, thread, evidence: "the prompt is in the conversation that was named" })
    }
    yield* forget(run)
    yield* recordThread(run, thread)
  },
  (effect, run) =>
    Effect.tapError(
      effect,
      (error) => error._tag === "OracleError" && error.code === "conversation_mismatch" ? forget(run) : Effect.void
    )
)

/** Before anything says that it is ours: of two jobs for which it was named only one gets it. */
const take = Effect.fnUntraced(function*(run: JobRun, thread: ThreadRef) {
  const store = yield* JobStore
  const mismatch = (why: string) => oracleError("conversation_mismatch", `${thread.url} is not taken: ${why}`)
  yield* store.takeConversation(run.id, thread.conversationId, run.fence).pipe(
    Effect.catchIf(
      (error) => error._tag === "OracleError" && error.code === "conversation_busy",
      (error) => Effect.fail(mismatch(error.message))
    )
  )
  const { jobs } = yield* store.list({ limit: Infinity })
  const owner = ownerOf(yield* run.job, thread, jobs)
  if (owner !== null) return yield* mismatch(`job ${owner} sent the same prompt there`)
})

const look = Effect.fnUntraced(function*(run: JobRun, page: ChatPage) {
  const { prompt } = yield* run.job
  for (let count = 1;; count += 1) {
    const held = yield* page.holdsPrompt(prompt.sha256)
    const probe = yield* page.probe(anchorOf(yield* run.job))
    if (held !== false && (probe.userTurnFound || probe.answerFound)) return { userTurnId: probe.userTurnId }
    if (count >= looks) return null
    yield* Effect.sleep(run.config.worker.pollMs)
  }
})

const forget = (run: JobRun) =>
  run.write((job) => Result.succeed({ ...job, send: { ...job.send, named: null } }), { durable: true })
