/** Takes a conversation that was found by the prompt in it, where it is this job's own. */
import * as Effect from "effect/Effect"
import type { ThreadRef } from "../../port/ChatBrowser.ts"
import { JobStore } from "../../store/JobStore.ts"
import { claim, type Verdict } from "../Claims.ts"
import type { JobRun } from "../JobRun.ts"

export const nowhere: Verdict = { _tag: "Nowhere" }

/** Takes the conversation that is ours, before anything says so: whoever looks later finds it taken. */
export const takeOurs = Effect.fnUntraced(function*(run: JobRun, threads: ReadonlyArray<ThreadRef>) {
  if (threads.length === 0) return nowhere
  const store = yield* JobStore
  const job = yield* run.job
  const verdict = Effect.gen(function*() {
    const { jobs } = yield* store.list({ limit: Infinity })
    return claim(job, threads, { jobs, leases: yield* store.leases })
  })
  const first = yield* verdict
  if (first._tag !== "Ours") return first
  return yield* store.takeConversation(run.id, first.thread.conversationId, run.fence).pipe(
    Effect.as(first),
    Effect.catchIf((error) => error._tag === "OracleError" && error.code === "conversation_busy", () => verdict)
  )
})
