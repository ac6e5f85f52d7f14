/** Gives an effect the job store and nothing else, so that commands which only look are quick. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const store = Layer.unwrap(Effect.map(Effect.promise(() => import("./Store.ts")), ({ layer }) => layer))

export const withStore = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, store)
