/** The time limit of each step, from the job's own configuration. */
import * as Effect from "effect/Effect"
import type { OracleConfig } from "../config/OracleConfig.ts"
import type { Job } from "../domain/Job.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"

export const stepNames = {
  clone: "cloning the seed profile",
  launch: "launching the browser",
  ready: "reaching a ready page",
  model: "selecting the model",
  upload: "uploading the archive",
  send: "sending the prompt",
  extract: "reading the answer",
  download: "downloading a file",
  teardown: "releasing"
} as const

export type Step = keyof typeof stepNames

export const limitOf = (step: Step, config: OracleConfig): number => config.worker[`${step}TimeoutMs`]

/** Fails as `step_timeout`, naming the step, when `effect` takes longer than the step's limit. */
export const within = (step: Step, config: OracleConfig) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.timeoutOrElse(effect, {
    duration: limitOf(step, config),
    orElse: (): Effect.Effect<never, OracleError> =>
      Effect.fail(
        oracleError("step_timeout", `${stepNames[step]} took longer than ${limitOf(step, config)} ms`, {
          facts: { step, limitMs: limitOf(step, config) }
        })
      )
  })

/** Each resume gets at least this much observation. */
export const resumeFloorMs = 600_000

/** How long the answer may be observed for, over all workers of the job. */
export const observationLimitMs = (job: Pick<Job, "attempt" | "config">): number =>
  job.attempt > 1
    ? Math.max(job.config.worker.completionTimeoutMs, resumeFloorMs)
    : job.config.worker.completionTimeoutMs
