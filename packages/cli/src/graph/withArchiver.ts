/** Gives an effect the archiver, which is loaded only then. */
import type { Archiver } from "@effect-oracle/core/archive/Archiver"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const archiver = Layer.unwrap(Effect.map(
  Effect.promise(() => import("@effect-oracle/core/node/archive/ArchiverNode")),
  ({ layer }) => layer
))

export const withArchiver = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, Exclude<R, Archiver>> =>
  Effect.provide(effect, archiver)
