/** A state directory with a job in every stage, and what must still hold after it was damaged. */
import { Effect } from "effect"
import * as Result from "effect/Result"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Job } from "../../../src/domain/Job.ts"
import { isActive, isEnded } from "../../../src/domain/JobPhase.ts"
import * as Transition from "../../../src/domain/JobTransition.ts"
import { emptyLedger, type SendBaseline } from "../../../src/domain/SendLedger.ts"
import { oracleError, viewOf } from "../../../src/error/OracleError.ts"
import type { Change, JobStore } from "../../../src/store/JobStore.ts"
import * as MirrorText from "../../../src/store/MirrorText.ts"
import { decide } from "../../../src/worker/Recovery.ts"
import { created, jobId, jobRecord, project } from "../../store/fixtures.ts"
import { to, visit } from "../../store/visits.ts"

type Store = JobStore["Service"]

const room = { capacity: 20, perAccount: 20, wait: true }
const baseline: SendBaseline = { conversationIds: ["a", "b"], historyRead: true, lastTurnId: null, turnCount: 0 }
const toAttempting: Change = (job, now) =>
  Transition.ledger(job, { ...emptyLedger, state: "attempting", attemptingAt: now, baseline })
const toRefused: Change = (job, now) => Transition.ledger(job, { ...job.send, state: "refused", refusedAt: now })
const toConfirmed: Change = (job, now) =>
  Result.map(
    Transition.ledger(job, { ...job.send, state: "confirmed", confirmedAt: now }),
    (job) => ({ ...job, chatUrl: `https://chat.example/c/${job.id}`, conversationId: `c-${job.id}` })
  )
const toFailed: Change = (job, now) => Transition.fail(job, viewOf(oracleError("outage", "the site is down")), now)
const toCancelled: Change = (job, now) =>
  Transition.cancelled({ ...job, cancel: { requestedAt: now, reason: "changed my mind" } }, now)

const started = [to("cloning_runtime"), to("launching_browser"), to("verifying_auth")]
const uploaded = [...started, to("uploading_archive")]
const attempted = [...uploaded, to("sending"), toAttempting]
const answered = [...attempted, toConfirmed, to("awaiting_response"), to("extracting_response")]

/** What happens to each job after its admission; `null` stays `preparing`. */
const stories: ReadonlyArray<ReadonlyArray<Change> | null> = [
  null,
  [],
  started,
  [...uploaded, to("submitted")],
  attempted,
  [...attempted, toRefused],
  answered,
  [...answered, to("complete")],
  [...attempted, toFailed],
  [...started, toFailed],
  [toCancelled]
]
const queuedLast = stories.length + 1

/** Numbers of the jobs that {@link live} makes. */
export const numbers: ReadonlyArray<number> = Array.from({ length: queuedLast }, (_, index) => index + 1)

/** The first half of every story; the second half is left to another process, which dies over it. */
export const live = Effect.fnUntraced(function*(store: Store, half: "first" | "second") {
  if (half === "first") yield* store.advanceEpoch
  const fence = yield* store.advanceEpoch
  for (const [index, story] of stories.entries()) {
    const id = jobId(index + 1)
    const middle = Math.floor((story?.length ?? 0) / 2)
    if (half === "first") yield* store.insert(jobRecord(index + 1), created)
    if (story === null) continue
    if (half === "first") yield* store.admit(id, room)
    for (const change of half === "first" ? story.slice(0, middle) : story.slice(middle)) {
      yield* store.update(id, change, { fence, events: [{ source: "worker", kind: "note", message: "x".repeat(60) }] })
    }
    if (isEnded((yield* store.get(id)).phase)) yield* store.release(id, ["runtime", "conversation"], fence)
  }
  if (half === "second") {
    yield* store.insert(jobRecord(queuedLast), created)
    yield* store.admit(jobId(queuedLast), { ...room, capacity: 1 })
  }
})

/** What a directory held before it was damaged. */
export interface Truth {
  readonly jobs: ReadonlyMap<string, Job>
  readonly epoch: number
}

export const truthOf = (state: string) =>
  visit(state, (store) =>
    Effect.gen(function*() {
      const { jobs } = yield* store.list({ limit: 1000 })
      return { jobs: new Map(jobs.map((job) => [job.id, job])), epoch: yield* store.epoch } satisfies Truth
    }))

export interface Findings {
  /** Promises that were broken, in words. */
  readonly violations: ReadonlyArray<string>
  /** Jobs that came back as they were, as they were but counted as sent, and only by name. */
  readonly same: number
  readonly counted: number
  readonly quarantined: number
}

/**
 * Opens the damaged directory as a client and then as a host would, and looks at every job. `hit`: jobs whose every copy
 * may be damaged; only those may be missing from the records (they are then named as quarantined).
 */
export const examine = Effect.fnUntraced(function*(
  state: string,
  truth: Truth,
  hit: ReadonlySet<string>,
  visitor: "reading client" | "writing client"
) {
  const violations: Array<string> = []
  const tally = { same: 0, counted: 0, quarantined: 0 }
  yield* visit(state, (store) =>
    Effect.gen(function*() {
      yield* store.list({ projectId: project, limit: 1000 })
      if (visitor === "writing client") yield* note(store, truth)
      const fence = yield* store.advanceEpoch
      if (fence.epoch <= truth.epoch) violations.push(`epoch ${fence.epoch} after ${truth.epoch}`)
      const listing = yield* store.list({ limit: 1000 })
      const found = new Map(listing.jobs.map((job) => [job.id as string, job]))
      const named = new Set(listing.quarantined.map(({ id }) => id))
      for (const before of truth.jobs.values()) {
        const after = found.get(before.id)
        if (after === undefined) {
          if (!hit.has(before.id)) violations.push(`${before.id} (${before.phase}) is lost`)
          else if (!named.has(before.id)) violations.push(`${before.id} (${before.phase}) is not even named`)
          tally.quarantined += 1
          continue
        }
        const verdict = compare(before, after)
        if (verdict === "same" || verdict === "counted") tally[verdict] += 1
        else violations.push(`${before.id}: ${verdict}`)
      }
      for (const id of found.keys()) if (!truth.jobs.has(id)) violations.push(`${id} came from nowhere`)
      violations.push(...(yield* leasesOf(store, found)))
      violations.push(...mirrorsOf(state, [...found.values()].filter((job) => !isEnded(job.phase))))
      violations.push(...(yield* works(store, fence)))
    })).pipe(Effect.catchCause((cause) => Effect.sync(() => void violations.push(`failed: ${String(cause)}`))))
  return { violations, ...tally } satisfies Findings
})

/** A client writes to every job that it finds, before any host has looked at the damage. */
const note = Effect.fnUntraced(function*(store: Store, truth: Truth) {
  for (const job of truth.jobs.values()) {
    yield* store.update(job.id, Result.succeed, {
      events: [{ source: "client", kind: "note", message: "seen" }],
      durable: true
    }).pipe(
      Effect.catchIf(
        (error) => error._tag === "OracleError" && ["job_not_found", "storage_failed"].includes(error.code),
        () => Effect.void
      )
    )
  }
})

/** Mirrors that do not say what the store says. */
const mirrorsOf = (state: string, jobs: Iterable<Job>): ReadonlyArray<string> =>
  [...jobs].flatMap((job) => {
    const { row } = MirrorText.read(job.id, readFileSync(join(state, "jobs", `oracle-${job.id}`, "job.json"), "utf8"))
    if (row._tag === "Damaged") return [`the mirror of ${job.id} stays damaged: ${row.reason}`]
    return row.job.phase === job.phase && row.job.send.state === job.send.state
      ? []
      : [`the mirror of ${job.id} says ${row.job.phase}, the store ${job.phase}`]
  })

/** How a job that came back differs: not at all, by being counted as sent, or in a way that nobody may see. */
const compare = (before: Job, after: Job): string => {
  const text = (job: Job) => JSON.stringify({ ...job, send: null })
  if (text(before) !== text(after)) return `changed silently from ${before.phase} to ${after.phase}`
  if (JSON.stringify(before.send) === JSON.stringify(after.send)) return "same"
  if (after.send.state !== "attempting") return `its ledger went from ${before.send.state} to ${after.send.state}`
  return decide(after)._tag === "StartAgain" ? "would be sent again" : "counted"
}

const leasesOf = Effect.fnUntraced(function*(store: Store, jobs: ReadonlyMap<string, Job>) {
  const wrong: Array<string> = []
  const leases = yield* store.leases
  for (const lease of leases) {
    const job = jobs.get(lease.job)
    if (job === undefined || !isActive(job.phase)) wrong.push(`a ${lease.kind} lease of ${job?.phase ?? "nobody"}`)
  }
  for (const job of jobs.values()) {
    if (!isActive(job.phase)) continue
    // Without its runtime lease a job goes through the queue again; without its conversation it could be disturbed there.
    const own = leases.filter((lease) => lease.job === job.id)
    if (job.conversationId !== null && !own.some((lease) => lease.kind === "conversation")) {
      wrong.push(`${job.id} (${job.phase}) has lost its conversation`)
    }
  }
  return wrong
})

/** A store that works takes a new job, changes it, and refuses who is stale. */
const works = Effect.fnUntraced(function*(store: Store, fence: { readonly epoch: number }) {
  const wrong: Array<string> = []
  yield* store.insert(jobRecord(900), created)
  yield* store.admit(jobId(900), { capacity: 99, perAccount: 99, wait: true })
  yield* store.update(jobId(900), to("cloning_runtime"), { fence })
  const stale = yield* Effect.result(store.update(jobId(900), toFailed, { fence: { epoch: fence.epoch - 1 } }))
  if (stale._tag === "Success" || stale.failure._tag !== "Fenced") wrong.push("a stale owner wrote")
  const { jobs } = yield* store.list({ limit: 1 })
  if (jobs[0]?.phase !== "cloning_runtime") wrong.push("a new job is not stored")
  return wrong
})
