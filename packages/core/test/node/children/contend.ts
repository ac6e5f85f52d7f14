/** Admits and ends jobs as fast as it can, as one of several processes; prints the largest number of leases it ever saw. */
import * as Effect from "effect/Effect"
import * as Transition from "../../../src/domain/JobTransition.ts"
import { oracleError, viewOf } from "../../../src/error/OracleError.ts"
import { JobStore } from "../../../src/store/JobStore.ts"
import { created, jobId, jobRecord } from "../../store/fixtures.ts"
import { stateAt } from "../../store/stateDir.ts"

const [, , state = "", from = "0", jobs = "0", capacity = "1"] = process.argv
const room = { capacity: Number(capacity), perAccount: 99, wait: true }
const failed = viewOf(oracleError("outage", "done"))

const work = Effect.gen(function*() {
  const store = yield* JobStore
  let most = 0
  let admitted = 0
  const look = Effect.map(store.leases, (leases) => {
    most = Math.max(most, leases.filter((lease) => lease.kind === "runtime").length)
  })
  for (let n = Number(from); n < Number(from) + Number(jobs); n++) {
    yield* store.insert(jobRecord(n), created)
    yield* store.admit(jobId(n), room)
    yield* look
    for (const job of (yield* store.open).filter((job) => job.phase === "submitted")) {
      admitted++
      yield* Effect.ignore(store.update(job.id, (job, now) => Transition.fail(job, failed, now)))
      yield* store.release(job.id, ["runtime", "conversation"])
      yield* look
    }
  }
  return `${most} ${admitted}`
})

process.stdout.write(`${await Effect.runPromise(Effect.provide(work, stateAt(state)))}\n`)
