/** A browser for an ended job that a client runs itself: record and leases in one transaction, so that nothing is lost. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import type { JobEvent } from "../domain/JobEvent.ts"
import { isEnded } from "../domain/JobPhase.ts"
import { oracleError } from "../error/OracleError.ts"
import * as Admission from "../queue/Admission.ts"
import { candidateOf } from "../queue/Seating.ts"
import type { Desk } from "../store/Desk.ts"
import type { BorrowedRuntime, JobStore } from "../store/JobStore.ts"
import { conversationBusy } from "./Leasing.ts"

export const make = (desk: Desk): Pick<JobStore["Service"], "borrow"> => ({
  borrow: Effect.fn("JobStore.borrow")(function*(id: JobId, runtime: BorrowedRuntime, room: Admission.Room) {
    const now = yield* DateTime.now
    const event: JobEvent = {
      at: now,
      source: "client",
      kind: "cleanup",
      message: "a browser for its clean-up on the site"
    }
    const job = yield* desk.table.transaction(Effect.gen(function*() {
      const row = yield* desk.load(id)
      const leases = yield* desk.table.leases
      if (!isEnded(row.job.phase)) return yield* oracleError("job_active", `job ${id} is ${row.job.status}`)
      if (row.job.runtime !== null || leases.some((lease) => lease.job === id)) {
        return yield* oracleError("clean_postponed", `the browser of job ${id} is not cleaned up yet`)
      }
      const candidate = candidateOf(row.job, now)
      const wanted = Admission.leasesOf(candidate)
      const holder = leases.find((lease) =>
        lease.kind === "conversation" && wanted.some(({ key, kind }) => kind === lease.kind && key === lease.key)
      )
      if (holder !== undefined) return yield* conversationBusy(desk, holder.job)
      if (!Admission.fits(candidate, leases, room)) return yield* noFreeBrowser(leases)
      const borrowed: Job = { ...row.job, runtime, cleanup: { ...row.job.cleanup, pending: true, lastAt: now } }
      const { epoch } = yield* desk.save(row, borrowed, [event], now)
      for (const lease of wanted) yield* desk.table.putLease({ ...lease, epoch, takenAt: now })
      return borrowed
    }))
    yield* desk.publish([{ id, events: [event], durable: true }])
    return job
  }, Effect.uninterruptible)
})

const noFreeBrowser = (leases: ReadonlyArray<Admission.HeldLease>) => {
  const running = leases.filter(({ kind }) => kind === "runtime").map(({ job }) => job)
  return oracleError("no_free_browser", `no browser is free now: ${running.slice(0, 5).join(", ")}`, {
    facts: { jobs: running.slice(0, 20) }
  })
}
