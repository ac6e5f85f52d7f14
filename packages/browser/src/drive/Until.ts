/** Polls until a reading satisfies, within a limit; the one way in which page actions wait. */
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

export interface Waited<A> {
  readonly value: A
  readonly satisfied: boolean
}

/** The last reading, and whether it satisfied before the limit. Reads at least once. */
export const until = Effect.fnUntraced(function*<A>(
  reading: Effect.Effect<A, OracleError>,
  satisfies: (value: A) => boolean,
  limits: { readonly limitMs: number; readonly pollMs: number }
) {
  const end = (yield* Clock.currentTimeMillis) + limits.limitMs
  for (;;) {
    const value = yield* reading
    if (satisfies(value)) return { value, satisfied: true } satisfies Waited<A>
    if ((yield* Clock.currentTimeMillis) >= end) return { value, satisfied: false } satisfies Waited<A>
    yield* Effect.sleep(limits.pollMs)
  }
})
