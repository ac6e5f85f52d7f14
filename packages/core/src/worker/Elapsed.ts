/** Time for measuring how long something lasts: the wall clock may jump by hours, this one only goes on. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** Milliseconds since some moment of this process; only differences mean anything. */
export const elapsedMs: Effect.Effect<number> = Effect.map(
  Clock.monotonicTimeNanos,
  (nanos) => Number(nanos / 1_000_000n)
)
