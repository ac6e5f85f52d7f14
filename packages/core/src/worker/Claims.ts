/** Whose conversation is it? A pure decision for a job whose send is not proven, over what the site shows and the records. */
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import type { ThreadRef } from "../port/ChatBrowser.ts"
import { conversationKey } from "../queue/Admission.ts"
import type { Lease } from "../store/JobStore.ts"

export type Verdict =
  /** No conversation that came after the baseline holds the prompt. */
  | { readonly _tag: "Nowhere" }
  | { readonly _tag: "Ours"; readonly thread: ThreadRef }
  /** Other jobs have every conversation that holds the prompt: not ours, but no proof that ours is not there. */
  | { readonly _tag: "Others"; readonly threads: ReadonlyArray<ThreadRef>; readonly jobs: ReadonlyArray<JobId> }
  /** More than one conversation may be ours, or more than one job may have sent it. */
  | { readonly _tag: "Doubtful"; readonly threads: ReadonlyArray<ThreadRef>; readonly jobs: ReadonlyArray<JobId> }

/** What is known of the other jobs, read after the site was. */
export interface Known {
  readonly jobs: ReadonlyArray<Job>
  readonly leases: ReadonlyArray<Lease>
}

/** True for a job whose prompt may be in a conversation that its record does not name. */
const isAstray = ({ conversationId, send }: Job): boolean =>
  send.state === "attempting" || (send.state === "confirmed" && conversationId === null)

/** True for another job with the same prompt that has not seen all of these before its own send. */
const mayHaveMade = (other: Job, job: Job, threads: ReadonlyArray<ThreadRef>): boolean =>
  other.id !== job.id && other.site === job.site && other.account === job.account
  && other.prompt.sha256 === job.prompt.sha256
  && !threads.every(({ conversationId }) => other.send.baseline?.conversationIds.includes(conversationId) ?? false)

/** Other jobs that have this conversation, by their record or by a lease. */
const holdersOf = (job: Job, thread: ThreadRef, { jobs, leases }: Known): ReadonlyArray<JobId> => {
  const key = conversationKey(job.site, thread.conversationId)
  const byRecord = jobs.filter(({ conversationId, site }) =>
    site === job.site && conversationId === thread.conversationId
  )
  const byLease = leases.filter((lease) => lease.kind === "conversation" && lease.key === key)
  return [...new Set([...byRecord.map(({ id }) => id), ...byLease.map((lease) => lease.job)])]
    .filter((id) => id !== job.id)
}

/**
 * Which of `threads`, whose first turn is the job's prompt, is the job's own. Only a single one that nobody has is taken,
 * and only while no other job with the same prompt may have made it.
 */
export const claim = (job: Job, threads: ReadonlyArray<ThreadRef>, known: Known): Verdict => {
  if (threads.length === 0) return { _tag: "Nowhere" }
  const free = threads.filter((thread) => holdersOf(job, thread, known).length === 0)
  if (free.length === 0) {
    return { _tag: "Others", threads, jobs: [...new Set(threads.flatMap((thread) => holdersOf(job, thread, known)))] }
  }
  const rivals = known.jobs.filter((other) => isAstray(other) && mayHaveMade(other, job, free)).map(({ id }) => id)
  const [thread] = free
  return thread !== undefined && free.length === 1 && rivals.length === 0
    ? { _tag: "Ours", thread }
    : { _tag: "Doubtful", threads: free, jobs: rivals }
}

/**
 * The other job to which a conversation belongs that a person named for this one: it asked the same there, so that the
 * prompt in it is its own. Null where none did.
 */
export const ownerOf = (job: Job, thread: ThreadRef, jobs: ReadonlyArray<Job>): JobId | null =>
  job.conversationId === thread.conversationId ?
    null :
    jobs.find((other) =>
      other.id !== job.id && other.site === job.site && other.conversationId === thread.conversationId
      && other.prompt.sha256 === job.prompt.sha256 && other.send.state === "confirmed"
    )?.id ?? null

/** Why a conversation was not taken, in words for the person who decides. */
export const reasonOf = (verdict: Verdict): string => {
  if (verdict._tag === "Nowhere") return "no conversation with it was found"
  if (verdict._tag === "Ours") return `it is in ${verdict.thread.url}`
  const where = verdict.threads.map(({ url }) => url).join(" and ")
  const whose = verdict.jobs.map((id) => `job ${id}`).join(" and ")
  if (verdict._tag === "Others") return `it is in ${where}, which ${whose} has`
  return whose === "" ? `it is in ${where}` : `it is in ${where}, but ${whose} may have sent it there`
}
