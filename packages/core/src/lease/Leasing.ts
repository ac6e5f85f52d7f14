/** Conversation leases and the release of leases: one writer per conversation, and nobody gives back what others hold. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { JobId } from "../domain/Ids.ts"
import { oracleError } from "../error/OracleError.ts"
import { reach } from "../port/CrashPoint.ts"
import { conversationKey } from "../queue/Admission.ts"
import type { Desk } from "../store/Desk.ts"
import type { Fence, JobStore, Lease } from "../store/JobStore.ts"

export const make = (desk: Desk): Pick<JobStore["Service"], "leases" | "takeConversation" | "release"> => ({
  leases: desk.table.leases,

  takeConversation: Effect.fn("JobStore.takeConversation")(function*(id: JobId, conversation: string, fence: Fence) {
    const takenAt = yield* DateTime.now
    yield* reach("store.takeConversation.before")
    yield* desk.table.transaction(Effect.gen(function*() {
      yield* desk.checkFence(fence)
      const { job } = yield* desk.load(id)
      const key = conversationKey(job.site, conversation)
      const holder = (yield* desk.table.leases).find((lease) => lease.kind === "conversation" && lease.key === key)
      if (holder !== undefined && holder.job !== id) return yield* conversationBusy(desk, holder.job)
      yield* desk.table.putLease({ kind: "conversation", key, job: id, epoch: fence.epoch, takenAt })
      yield* reach("store.takeConversation.written")
    }))
    yield* reach("store.takeConversation.after")
  }, Effect.uninterruptible),

  release: Effect.fn("JobStore.release")(
    function*(id: JobId, kinds: ReadonlyArray<Lease["kind"]>, fence?: Fence) {
      yield* reach("store.release.before")
      const drop = desk.table.dropLeases(id, kinds, fence?.epoch ?? Number.MAX_SAFE_INTEGER)
      yield* desk.table.transaction(Effect.andThen(drop, reach("store.release.written")))
      yield* reach("store.release.after")
    },
    Effect.uninterruptible
  )
})

/** The refusal that names who has the conversation. */
export const conversationBusy = Effect.fnUntraced(function*(desk: Desk, holder: JobId) {
  const project = yield* Effect.match(desk.load(holder), {
    onFailure: (): string | null => null,
    onSuccess: ({ job }): string | null => job.projectId
  })
  const of = project === null ? "" : ` of project ${project}`
  return yield* oracleError("conversation_busy", `job ${holder}${of} has this conversation`, {
    facts: { job: holder, project }
  })
})
