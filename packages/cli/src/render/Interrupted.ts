/** A command that stops to follow a job ends, the job does not: how to come back and how to end it. */
import type { JobId } from "@effect-oracle/core/domain/Ids"
import type { Job } from "@effect-oracle/core/domain/Job"
import { oracleError, viewOf } from "@effect-oracle/core/error/OracleError"
import { Oracle } from "@effect-oracle/core/Oracle"
import { phaseLine } from "@effect-oracle/core/text/PhaseWords"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { exitOfView, explain, Reported } from "./Failure.ts"
import { jobView } from "./JobView.ts"
import { Screen } from "./Screen.ts"

/** The bound of a wait is over: what the job does now, and the exit code of a time-out. */
export const stillOpen = Effect.fnUntraced(function*(id: JobId, seconds: number, json: boolean) {
  const screen = yield* Screen
  const oracle = yield* Oracle
  const job = yield* oracle.get(id)
  const doing = phaseLine(job, yield* DateTime.now)
  const error = viewOf(
    oracleError("wait_timeout", `the job did not end within ${seconds} s: ${doing}`, {
      facts: { job: id, status: job.status, phase: job.phase }
    })
  )
  yield* screen.status("")
  yield* json ? screen.json({ job: jobView(job), answer: null, error }) : explain(error)
  return yield* new Reported({ exit: exitOfView(error) })
})

export const sayThatItGoesOn = Effect.fnUntraced(function*(job: Job, json: boolean) {
  const screen = yield* Screen
  yield* screen.status("")
  if (json) {
    const oracle = yield* Oracle
    const now = yield* Effect.orElseSucceed(oracle.get(job.id), () => job)
    const error = viewOf(oracleError("interrupted", "interrupted; the job goes on in the background"), { job: job.id })
    return yield* screen.json({ job: jobView(now), answer: null, error })
  }
  yield* screen.note(`\nThe job goes on in the background.
  come back:  oracle wait ${job.id}
  end it:     oracle cancel ${job.id}`)
})
