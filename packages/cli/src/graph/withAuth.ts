/** Gives an effect what makes and checks signed-in profiles; loaded only then. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const auth = Layer.unwrap(Effect.map(Effect.promise(() => import("./Auth.ts")), ({ layer }) => layer))

export const withAuth = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, auth)
