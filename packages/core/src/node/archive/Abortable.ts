/** Runs file work that is written with promises as an effect whose interruption waits until the work has cleaned up. */
import * as Effect from "effect/Effect"
import { OracleError } from "../../error/OracleError.ts"
import { fileFailure } from "./FileFailure.ts"

export const abortable = <A>(work: (signal: AbortSignal) => Promise<A>): Effect.Effect<A, OracleError> =>
  Effect.callback<A, OracleError>((resume, signal) => {
    const done = work(signal).then(
      (value) => resume(Effect.succeed(value)),
      (cause: unknown) => resume(Effect.fail(cause instanceof OracleError ? cause : fileFailure(cause)))
    )
    return Effect.promise(() => done)
  })
