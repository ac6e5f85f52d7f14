/** The error code of an effect, or `none` when it succeeds. */
import { Effect, Result } from "effect"

export const codeOf = <A, R>(effect: Effect.Effect<A, { readonly code: string }, R>) =>
  Effect.map(Effect.result(effect), (result) => Result.isFailure(result) ? result.failure.code : "none")
