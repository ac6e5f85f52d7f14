/** Does to a real store what a command says, and tells what it answered and what it keeps. */
import { DateTime, Effect, Result } from "effect"
import { TestClock } from "effect/testing"
import { defaultConfig, type OracleConfig } from "../../../src/config/OracleConfig.ts"
import type { JobId } from "../../../src/domain/Ids.ts"
import type { JobPhase } from "../../../src/domain/JobPhase.ts"
import * as Transition from "../../../src/domain/JobTransition.ts"
import { oracleError, viewOf } from "../../../src/error/OracleError.ts"
import { type Change, JobStore, type Lease } from "../../../src/store/JobStore.ts"
import { created, jobId, jobRecord } from "../../store/fixtures.ts"
import { type Command, limits } from "./Command.ts"

const config: OracleConfig = { ...defaultConfig, queue: { ...defaultConfig.queue, maxJobs: limits.maxJobs } }
const failure = viewOf(oracleError("outage", "the site is down"))
const idOf = (n: number): JobId => jobId(n + 1)
const fenceOf = (epoch: number, age: number) => ({ epoch: age === 1 ? epoch - 1 : epoch })
const fencedBy = (epoch: number, age: number) => (age === 2 ? {} : { fence: fenceOf(epoch, age) })

const path: Partial<Record<JobPhase, JobPhase>> = {
  submitted: "cloning_runtime",
  cloning_runtime: "launching_browser",
  launching_browser: "verifying_auth",
  verifying_auth: "sending",
  sending: "awaiting_response",
  awaiting_response: "extracting_response",
  extracting_response: "complete"
}

const changeOf = (command: Command): Change => (job, now) => {
  switch (command._tag) {
    case "Enter":
      return Transition.toPhase(job, command.phase, now)
    case "Fail":
      return Transition.fail(job, failure, now)
    case "Cancel":
      return Transition.cancelled(job, now)
    case "Intend":
      return Result.succeed(
        job.completedAt === null ? { ...job, cancel: job.cancel ?? { requestedAt: now, reason: "test" } } : job
      )
    case "Ledger":
      return Transition.ledger(job, { ...job.send, state: command.state })
    case "Resume": {
      const allowed = command.sendAgain ? Transition.allowSecondSend(job) : Result.succeed(job)
      return Result.flatMap(allowed, (job) => Transition.resume(job, now))
    }
    default:
      return Result.succeed(job)
  }
}

const perform = Effect.fnUntraced(function*(command: Command, epoch: number) {
  const store = yield* JobStore
  switch (command._tag) {
    case "AdvanceEpoch":
      return yield* store.advanceEpoch
    case "Insert": {
      const { conversation, n } = command
      const conversationId = conversation === 0 ? null : `k${conversation}`
      return yield* store.insert(
        { ...jobRecord(n + 1, { archive: null, conversationId, config }), createdAt: DateTime.makeUnsafe(n) },
        created
      )
    }
    case "Admit":
      return yield* store.admit(idOf(command.n), { ...limits, wait: command.wait })
    case "Promote":
      return yield* store.promote(fenceOf(epoch, command.age), limits)
    case "Take":
      return yield* store.takeConversation(idOf(command.n), `k${command.conversation}`, fenceOf(epoch, command.age))
    case "Release": {
      const kinds = command.kinds === "both" ? ["runtime", "conversation"] as const : [command.kinds]
      return yield* store.release(idOf(command.n), kinds, fencedBy(epoch, command.age).fence)
    }
    case "Remove":
      return yield* store.remove(idOf(command.n))
    case "Advance":
      for (let step = 0; step < command.steps; step += 1) {
        const next = path[(yield* store.get(idOf(command.n))).phase]
        if (next === undefined) return
        yield* store.update(idOf(command.n), (job, now) => Transition.toPhase(job, next, now))
      }
      return yield* store.get(idOf(command.n))
    default:
      return yield* store.update(
        idOf(command.n),
        changeOf(command),
        "age" in command ? fencedBy(epoch, command.age) : {}
      )
  }
})

/** What the store answers: "ok", or the code of its refusal. */
export const answer = Effect.fnUntraced(function*(command: Command, epoch: number) {
  yield* TestClock.adjust(1)
  const result = yield* Effect.result(perform(command, epoch))
  if (Result.isSuccess(result)) return "ok"
  const error = result.failure
  return error._tag === "OracleError" ? error.code : error._tag
})

const leaseText = ({ epoch, job, key, kind }: Lease) => `${kind} ${key} ${job.slice(-1)} ${epoch}`

/** Everything that the model knows too. */
export const contents = Effect.gen(function*() {
  const store = yield* JobStore
  const { jobs } = yield* store.list({ limit: 100 })
  return {
    epoch: yield* store.epoch,
    jobs: jobs.map((job) =>
      `${job.id.slice(-1)} ${job.phase} ${job.status} ${job.attempt} ${job.send.state} ${job.cancel !== null}`
    ).toSorted(),
    leases: (yield* store.leases).map(leaseText).toSorted()
  }
})
