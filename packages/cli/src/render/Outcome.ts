/** Prints how a job ended: the answer on standard output, where everything is on standard error, the exit code by class. */
import type { Job } from "@effect-oracle/core/domain/Job"
import { type ErrorView, oracleError, viewOf } from "@effect-oracle/core/error/OracleError"
import { type Answer, Oracle } from "@effect-oracle/core/Oracle"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { plural, size } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import { signInTarget } from "@effect-oracle/core/text/SignIn"
import { readerOf } from "@effect-oracle/core/wakeup/Reminder"
import * as Effect from "effect/Effect"
import { exitOfView, explain, Reported } from "./Failure.ts"
import { answerView, jobView } from "./JobView.ts"
import { Screen } from "./Screen.ts"
import { showAnswer } from "./ShowAnswer.ts"

/** Fails with the exit code of the job's own error when it did not complete. */
export const showOutcome = Effect.fn("Outcome.showOutcome")(function*(job: Job, json: boolean) {
  const screen = yield* Screen
  const dirs = yield* StateDirs
  const oracle = yield* Oracle
  const answer = job.response === null ? null : yield* oracle.read(job.id, readerOf("cli"))
  const error = errorOf(job)
  if (json) {
    const folder = dirs.job(job.id).artifacts
    yield* screen.json({ job: jobView(job), answer: answer === null ? null : answerView(answer, folder), error })
  } else {
    if (error === null && answer !== null) yield* showAnswer(answer.markdown)
    if (answer !== null) yield* showPlaces(answer)
    if (error === null) yield* screen.note(`${screen.style("dim", "job".padEnd(8))}${job.id}`)
    if (error !== null) yield* explain(error)
  }
  if (error !== null) return yield* new Reported({ exit: exitOfView(error) })
})

/** How the job ended where it did not complete. */
export const errorOf = (job: Job): ErrorView | null => {
  if (job.status === "complete") return null
  const fallback = job.status === "cancelled"
    ? oracleError("cancelled", "the job was cancelled")
    : oracleError("internal_error", `the job is ${job.phase} without a reason`)
  return job.error ?? viewOf(fallback, { job: job.id, site: signInTarget(job) })
}

/** Where the answer and its files lie. */
export const showPlaces = Effect.fnUntraced(function*({ artifacts, job, partial }: Answer) {
  const screen = yield* Screen
  const dirs = yield* StateDirs
  const label = (text: string) => screen.style("dim", text.padEnd(8))
  yield* screen.note("")
  if (partial) yield* screen.note(`${label("partial")}${dirs.job(job.id).responsePartial} (the wait ended early)`)
  else if (job.response !== null) yield* screen.note(`${label("answer")}${job.response.markdownPath}`)
  for (const file of artifacts) {
    const place = file.name === null
      ? `${sanitiseLine(file.label)} could not be saved: ${sanitiseLine(file.error ?? "unknown reason")}`
      : `${dirs.job(job.id).artifacts}/${sanitiseLine(file.name)} (${size(file.bytes ?? 0)})`
    yield* screen.note(`${label("file")}${place}`)
  }
  const failures = artifacts.filter(({ name }) => name === null).length
  if (failures > 0) {
    yield* screen.note(
      `${plural(failures, "file")} of the answer could not be saved; 'oracle resume ${job.id}' tries again`
    )
  }
})
