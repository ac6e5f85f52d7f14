import { assert, describe, it } from "@effect/vitest"
import { DateTime, Result, Schema } from "effect"
import { Job } from "../../src/domain/Job.ts"
import { following, isActive, isEnded, JobPhase, JobStatus, mayFollow, statusOf } from "../../src/domain/JobPhase.ts"
import * as Transition from "../../src/domain/JobTransition.ts"
import { emptyLedger, maySend, SendState } from "../../src/domain/SendLedger.ts"
import { oracleError, viewOf } from "../../src/error/OracleError.ts"
import { jobRecord, start } from "../store/fixtures.ts"

const later = DateTime.add(start, { minutes: 5 })
const phases = JobPhase.literals
const error = viewOf(oracleError("outage", "the site is down"))
const intent = { requestedAt: later, reason: "not needed" }

const at = (phase: JobPhase, part: Partial<Job> = {}): Job =>
  jobRecord(1, { phase, status: statusOf(phase), completedAt: isEnded(phase) ? start : null, ...part })

const isJob = Schema.is(Job)

describe("the transition table", () => {
  it("lets every open phase fail and be cancelled, and every phase be reached", () => {
    for (const phase of phases) {
      if (isEnded(phase)) continue
      assert.includeMembers([...following[phase]], ["failed", "cancelled"], phase)
    }
    const reached = new Set<JobPhase>(["preparing", ...Object.values(following).flat()])
    assert.sameMembers([...reached], [...phases])
  })

  it("leaves nothing after complete and cancelled", () => {
    assert.deepStrictEqual([following.complete, following.cancelled], [[], []])
  })

  it("reaches an end from every phase", () => {
    for (const phase of phases) {
      const seen = new Set<JobPhase>([phase])
      for (const one of seen) for (const next of following[one]) seen.add(next)
      assert.isTrue([...seen].some(isEnded), phase)
    }
  })

  it("lets no phase skip the verified sign-in on its way to the send", () => {
    const before = phases.filter((phase) => mayFollow(phase, "sending"))
    assert.sameMembers(before, ["verifying_auth", "configuring_model", "uploading_archive"])
  })

  it("reserves the answer phases for jobs that were sent or resumed", () => {
    assert.sameMembers(phases.filter((phase) => mayFollow(phase, "awaiting_response")), [
      "verifying_auth",
      "sending",
      "extracting_response"
    ])
  })
})

describe("JobTransition.toPhase", () => {
  it.prop("follows the table and nothing else", [JobPhase, JobPhase], ([from, to]) => {
    const result = Transition.toPhase(at(from, { cancel: intent }), to, later)
    const ownWay = to === "failed" || to === "cancelled" || isEnded(from)
    assert.strictEqual(Result.isSuccess(result), mayFollow(from, to) && !ownWay)
  })

  it.prop("keeps phase, status and times in agreement", [JobPhase, JobPhase], ([from, to]) => {
    const result = Transition.toPhase(at(from), to, later)
    if (Result.isFailure(result)) return
    const job = result.success
    assert.strictEqual(job.status, statusOf(to))
    assert.deepStrictEqual(job.phaseAt, later)
    assert.strictEqual(job.completedAt !== null, isEnded(to))
    assert.isTrue(isJob(job))
  })

  it("remembers the first queueing and the first submission", () => {
    const queued = Result.getOrThrow(Transition.toPhase(at("preparing"), "queued", start))
    const submitted = Result.getOrThrow(Transition.toPhase(queued, "submitted", later))
    const again = Result.getOrThrow(Transition.toPhase(submitted, "queued", DateTime.add(later, { minutes: 1 })))
    assert.deepStrictEqual(again.queuedAt, start)
    assert.deepStrictEqual(again.submittedAt, later)
  })

  it("clears progress and blocking at the end", () => {
    const job = at("downloading_artifacts", {
      progress: { stage: "answering", chars: 3, at: start },
      blocked: { reason: "outage", since: start, retryAt: null }
    })
    const done = Result.getOrThrow(Transition.toPhase(job, "complete", later))
    assert.deepStrictEqual([done.progress, done.blocked], [null, null])
  })

  it("names job and phases in the refusal", () => {
    const refused = Result.getOrThrow(Result.flip(Transition.toPhase(at("complete"), "queued", later)))
    assert.include(refused.message, "from complete to queued")
  })
})

describe("JobTransition.fail and cancelled", () => {
  it.prop("fail ends every open job with its error, and no ended one", [JobPhase], ([from]) => {
    const result = Transition.fail(at(from), error, later)
    assert.strictEqual(Result.isSuccess(result), !isEnded(from))
    if (Result.isSuccess(result)) {
      assert.deepStrictEqual([result.success.phase, result.success.error], ["failed", error])
    }
  })

  it.prop("cancelled needs a durable intent and an open job", [JobPhase, Schema.Boolean], ([from, intended]) => {
    const result = Transition.cancelled(at(from, { cancel: intended ? intent : null }), later)
    assert.strictEqual(Result.isSuccess(result), intended && !isEnded(from))
  })
})

describe("JobTransition.resume", () => {
  it.prop("brings back only failed jobs and those with missing files", [JobPhase], ([from]) => {
    const result = Transition.resume(at(from, { error, attempt: 2, starts: 3 }), later)
    assert.strictEqual(Result.isSuccess(result), from === "failed" || from === "complete_with_artifact_errors")
    if (Result.isFailure(result)) return
    const job = result.success
    assert.deepStrictEqual(
      [job.phase, job.status, job.attempt, job.starts, job.error, job.completedAt],
      ["queued", "queued", 3, 0, null, null]
    )
    assert.deepStrictEqual([job.queuedAt, job.submittedAt, job.wakeUp], [later, null, Transition.emptyWakeUp])
  })

  it("keeps the proof of the send", () => {
    const send = { ...emptyLedger, state: "confirmed" as const, confirmedAt: start }
    const job = Result.getOrThrow(Transition.resume(at("failed", { send, conversationId: "c1" }), later))
    assert.deepStrictEqual([job.send, job.conversationId], [send, "c1"])
  })
})

describe("the send ledger", () => {
  it.prop("moves along its table while the job is open", [JobPhase, SendState, SendState], ([phase, from, to]) => {
    const job = at(phase, { send: { ...emptyLedger, state: from } })
    const result = Transition.ledger(job, { ...emptyLedger, state: to })
    assert.strictEqual(Result.isSuccess(result), maySend(from, to) && !isEnded(phase))
  })

  it("never leaves confirmed and never reaches it without an attempt", () => {
    const sources = SendState.literals.filter((state) => maySend(state, "confirmed"))
    assert.deepStrictEqual(sources, ["attempting"])
    assert.isTrue(SendState.literals.every((state) => !maySend("confirmed", state)))
  })

  it("can be tried again after a refusal only, or by the user's own word", () => {
    assert.sameMembers(SendState.literals.filter((state) => maySend(state, "attempting")), ["not_started", "refused"])
    for (const phase of phases) {
      for (const state of SendState.literals) {
        const result = Transition.allowSecondSend(at(phase, { send: { ...emptyLedger, state } }))
        assert.strictEqual(Result.isSuccess(result), phase === "failed" && state === "attempting")
      }
    }
  })
})

describe("job status", () => {
  it("is active exactly while a worker owns the job", () => {
    const statuses = JobStatus.literals.filter((status) => phases.some((p) => statusOf(p) === status && isActive(p)))
    assert.sameMembers(statuses, ["submitted", "waiting"])
  })
})
