/** One question asked from a program: from what is needed at least to a full request, and from there to the answer. */
import * as Effect from "effect/Effect"
import * as Path from "effect/Path"
import * as ConfigSources from "../config/ConfigSources.ts"
import type { ConfigInput } from "../config/OracleConfig.ts"
import { projectOf } from "../domain/Project.ts"
import { OracleError, oracleError } from "../error/OracleError.ts"
import { Oracle, type SubmitRequest } from "../Oracle.ts"

type Choices = Pick<
  SubmitRequest,
  "site" | "account" | "preset" | "format" | "followUpJobId" | "conversation" | "queue" | "allowSecretFiles"
>

/** Where questions come from and where they go. */
export interface QuestionOptions extends Choices {
  /** Files, folders, globs and `!` exclusions, relative to the project; none by default: only the prompt is sent. */
  readonly files?: ReadonlyArray<string>
  /** Directory whose project is asked about; the working directory by default. */
  readonly cwd?: string
  /** Stands above the configuration files, such as `{ sites: { chatgpt: { baseUrl } } }`. */
  readonly config?: ConfigInput
  /** Groups the jobs of one caller. */
  readonly sessionId?: string
}

/** A prompt, and where it goes. */
export interface Question extends QuestionOptions {
  readonly prompt: string
}

/**
 * The full request of a question: the configuration files of its project apply, and `config` above them. Fails as
 * `config_invalid`, naming file and key.
 */
export const requestOf = Effect.fn("Question.requestOf")(function*(question: Question) {
  const path = yield* Path.Path
  const { config: overrides, cwd, files, prompt, sessionId, ...choices } = question
  const directory = path.resolve(cwd ?? ".")
  const projectRoot = yield* projectOf(directory)
  const { config } = yield* ConfigSources.load({ projectRoot, ...(overrides === undefined ? {} : { overrides }) })
  const request: SubmitRequest = {
    ...choices,
    prompt,
    files: files ?? [],
    archiveRequired: false,
    cwd: directory,
    config,
    requester: { kind: "library", ...(sessionId === undefined ? {} : { sessionId }) }
  }
  return request
})

/**
 * Plans, submits, waits for the end and reads the answer. Fails with the error that ended the job, whose id is in
 * `facts.job`. Interruption ends the wait and not the job: `Oracle.wait` and `Oracle.read` return to it.
 */
export const ask = Effect.fn("Question.ask")(function*(question: Question) {
  const oracle = yield* Oracle
  const submitted = yield* Effect.flatMap(oracle.plan(yield* requestOf(question)), (plan) => oracle.submit(plan))
  const job = yield* oracle.wait(submitted.id)
  if (job.status === "failed" || job.status === "cancelled") {
    const { code, message, nextStep } = job.error ?? {
      code: "cancelled" as const,
      message: `job ${job.id} was cancelled`,
      nextStep: "ask again if you still want the answer"
    }
    return yield* new OracleError({ code, detail: message, step: nextStep, facts: { job: job.id } })
  }
  return yield* oracle.read(job.id).pipe(
    Effect.mapError((error) => oracleError(error.code, error.detail, { facts: { job: job.id }, cause: error }))
  )
})
