/** Ctrl-C while a job is followed ends the command, not the job: how to come back and how to end it. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { oracleError, viewOf } from "@effect-oracle/core/error/OracleError"
import { Oracle } from "@effect-oracle/core/Oracle"
import * as Effect from "effect/Effect"
import { jobView } from "./JobView.ts"
import { Screen } from "./Screen.ts"

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
