/** Gives an effect what is needed to look at the host and to end it; loaded only then. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const view = Layer.unwrap(Effect.map(Effect.promise(() => import("./HostView.ts")), ({ layer }) => layer))

export const withHostView = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, view)
