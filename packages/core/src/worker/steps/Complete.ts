/** Step 12: the job is complete; completion beats a cancel that came too late. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as JobTransition from "../../domain/JobTransition.ts"
import { reach } from "../../port/CrashPoint.ts"
import type { JobRun } from "../JobRun.ts"
import { Receipts } from "../Receipts.ts"

export const complete = Effect.fn("JobWorker.complete")(function*(run: JobRun) {
  const receipts = yield* Receipts
  yield* reach("complete.before")
  const job = yield* run.write((job, now) => {
    const failures = job.artifacts?.failures ?? 0
    return Result.map(
      JobTransition.toPhase(job, failures > 0 ? "complete_with_artifact_errors" : "complete", now),
      (job) => ({ ...job, cleanup: { ...job.cleanup, pending: true } })
    )
  }, { durable: true, events: [{ source: "worker", kind: "phase", message: "complete" }] })
  yield* reach("complete.after")
  yield* receipts.publish({ _tag: "Entered", job: run.id, phase: job.phase })
})
