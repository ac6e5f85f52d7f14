/** The promises that every committed write must keep, whoever wrote it. */
import { Equal } from "effect"
import type { JobId } from "../../../src/domain/Ids.ts"
import type { Job } from "../../../src/domain/Job.ts"
import { isEnded, mayFollow } from "../../../src/domain/JobPhase.ts"
import { maySend } from "../../../src/domain/SendLedger.ts"
import type { Lease } from "../../../src/store/JobStore.ts"

export interface Violation {
  readonly promise: string
  readonly detail: string
}

const isResume = (before: Job, after: Job): boolean =>
  mayFollow(before.phase, "queued") && after.phase === "queued" && after.attempt === before.attempt + 1

/** What is wrong with the step from one record to the next. Pure. */
export const auditStep = (before: Job | undefined, after: Job): ReadonlyArray<Violation> => {
  const found: Array<Violation> = []
  const say = (promise: string, detail: string) => found.push({ promise, detail: `${after.id.slice(-4)}: ${detail}` })
  if (after.observedMs < 0) say("a record is valid", `observed for ${after.observedMs} ms`)
  if (before === undefined) {
    if (after.phase !== "preparing") say("a job begins as preparing", after.phase)
    return found
  }
  if (isEnded(before.phase) && !isResume(before, after)) {
    if (before.phase !== after.phase || before.status !== after.status) {
      say("an ended job stays as it ended", `${before.phase} became ${after.phase}`)
    }
    if (!Equal.equals(before.response, after.response)) say("an ended job keeps its response", "the response changed")
    if (!Equal.equals(before.send, after.send)) say("an ended job keeps its ledger", "the ledger changed")
    return found
  }
  if (before.phase !== after.phase && !mayFollow(before.phase, after.phase)) {
    say("phases follow their table", `${before.phase} to ${after.phase}`)
  }
  const again = isEnded(before.phase) && before.send.state === "attempting" && after.send.state === "not_started"
  if (before.send.state !== after.send.state && !maySend(before.send.state, after.send.state) && !again) {
    say("the ledger follows its table", `${before.send.state} to ${after.send.state}`)
  }
  if (before.response?.partial === false && after.response?.partial !== false) {
    say("an answer is never lost", "a complete response was replaced")
  }
  return found
}

/** What is wrong with the leases as a whole. Pure. */
export const auditLeases = (
  leases: ReadonlyArray<Lease>,
  jobs: ReadonlyMap<JobId, Job>,
  capacity: number
): ReadonlyArray<Violation> => {
  const found: Array<Violation> = []
  const runtimes = leases.filter(({ kind }) => kind === "runtime")
  if (runtimes.length > capacity) {
    found.push({ promise: "capacity is never exceeded", detail: `${runtimes.length} runtime leases of ${capacity}` })
  }
  const writers = new Map<string, JobId>()
  for (const { job, key, kind } of leases) {
    if (!jobs.has(job)) found.push({ promise: "a lease has a job", detail: `${kind} ${key}` })
    if (kind !== "conversation") continue
    const other = writers.get(key)
    if (other !== undefined && other !== job) found.push({ promise: "one writer for a conversation", detail: key })
    writers.set(key, job)
  }
  return found
}
