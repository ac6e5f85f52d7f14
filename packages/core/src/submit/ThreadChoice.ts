/** Site, account and conversation of a submission: a new thread, a follow-up on a job, or an explicit conversation. */
import * as Effect from "effect/Effect"
import type { AccountName, JobId, ProjectId, SiteName } from "../domain/Ids.ts"
import { isEnded } from "../domain/JobPhase.ts"
import { oracleError } from "../error/OracleError.ts"
import type { SubmitRequest } from "../Oracle.ts"
import { ChatBrowser, type ThreadRef } from "../port/ChatBrowser.ts"
import { conversationKey } from "../queue/Admission.ts"
import { JobStore } from "../store/JobStore.ts"

export interface ThreadChoice {
  readonly site: SiteName
  readonly account: AccountName
  readonly thread: ThreadRef | null
  readonly followUpToJobId: JobId | null
}

/** Refuses at once what cannot be followed up, and a conversation that another job holds unless `queue` is set. */
export const resolveThread = Effect.fn("Oracle.resolveThread")(function*(request: SubmitRequest, project: ProjectId) {
  const { conversation, followUpJobId } = request
  if (followUpJobId !== undefined && conversation !== undefined) {
    return yield* oracleError("follow_up_invalid", "name a job to follow up on or a conversation, not both")
  }
  const choice = followUpJobId === undefined
    ? yield* explicit(request, conversation)
    : yield* following(request, followUpJobId, project)
  if (choice.thread !== null && request.queue !== true) yield* refuseBusy(choice.site, choice.thread)
  return choice
})

const explicit = Effect.fnUntraced(function*(request: SubmitRequest, conversation: string | undefined) {
  const browser = yield* ChatBrowser
  const site = request.site ?? request.config.defaults.site
  const account = request.account ?? request.config.defaults.account
  const thread = conversation === undefined ? null : yield* browser.parseThread(site, request.config, conversation)
  const choice: ThreadChoice = { site, account, thread, followUpToJobId: null }
  return choice
})

const following = Effect.fnUntraced(function*(request: SubmitRequest, id: JobId, project: ProjectId) {
  const store = yield* JobStore
  const before = yield* store.get(id)
  const { account, chatUrl, conversationId, site } = before
  const invalid = (why: string, step?: string) =>
    oracleError("follow_up_invalid", `job ${id} ${why}`, {
      ...(step === undefined ? {} : { step }),
      facts: { job: id, status: before.status }
    })
  if (before.projectId !== project) return yield* invalid("belongs to another project")
  if (before.status !== "complete") {
    const step = isEnded(before.phase) ? undefined : `run 'oracle wait ${id}' first, then follow up`
    return yield* invalid(`is ${before.status}, not complete`, step)
  }
  if (before.temporary === true) return yield* invalid("was asked in a temporary chat, which the site does not keep")
  if (chatUrl === null || conversationId === null) return yield* invalid("has no conversation")
  if (request.site !== undefined && request.site !== site) {
    return yield* invalid(`is on ${site}, not on ${request.site}`)
  }
  if (request.account !== undefined && request.account !== account) return yield* invalid(`is of account ${account}`)
  const choice: ThreadChoice = { site, account, thread: { url: chatUrl, conversationId }, followUpToJobId: id }
  return choice
})

/** Refuses a conversation that another job than `own` holds, naming it and its project. */
export const refuseBusy = Effect.fnUntraced(function*(site: SiteName, thread: ThreadRef, own: JobId | null = null) {
  const store = yield* JobStore
  const key = conversationKey(site, thread.conversationId)
  const holder = (yield* store.leases).find((lease) => lease.kind === "conversation" && lease.key === key)
  if (holder === undefined || holder.job === own) return
  const project = yield* Effect.orElseSucceed(Effect.map(store.get(holder.job), (job) => job.projectId), () => null)
  return yield* oracleError(
    "conversation_busy",
    `job ${holder.job}${project === null ? "" : ` of project ${project}`} has this conversation`,
    { facts: { job: holder.job, project } }
  )
})
