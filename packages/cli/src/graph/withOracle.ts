/** Gives an effect the `Oracle` service and all that it stands on; loaded only then. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const full = Layer.unwrap(Effect.map(Effect.promise(() => import("./Full.ts")), ({ layer }) => layer))

export const withOracle = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, full)
