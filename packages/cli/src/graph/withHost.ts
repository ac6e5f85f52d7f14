/** Gives an effect the job store and what starts a host; loaded only then. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const host = Layer.unwrap(Effect.map(Effect.promise(() => import("./Host.ts")), ({ layer }) => layer))

export const withHost = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, host)
