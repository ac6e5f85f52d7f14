/** Ways in which a step leaves its run without being the end of the job. */
import * as Data from "effect/Data"
import type { Blocked } from "../domain/Job.ts"
import type { OracleError } from "../error/OracleError.ts"
import type { Fenced } from "../store/JobStore.ts"

/** A durable cancel intent was seen. */
export class CancelRequested extends Data.TaggedError("CancelRequested")<object> {}

/** The job ended by another hand: nothing is left to do. */
export class AlreadyEnded extends Data.TaggedError("AlreadyEnded")<object> {}

/** The outside keeps the job from going on; `error` is how it fails when that lasts longer than its limit. */
export class HeldUp extends Data.TaggedError("HeldUp")<{
  readonly reason: Blocked["reason"]
  readonly error: OracleError
}> {}

/** This run cannot go on, but the record says what a new one does. */
export class StartOver extends Data.TaggedError("StartOver")<{ readonly why: string }> {}

export type WriteError = OracleError | Fenced | CancelRequested | AlreadyEnded

export type StepError = WriteError | HeldUp | StartOver
