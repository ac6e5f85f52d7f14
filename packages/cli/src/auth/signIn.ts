/** The ways into a seed, with everything that they take; loaded only when one is gone. */
import { AuthBootstrap } from "@effect-oracle/browser/auth/AuthBootstrap"
import type { ImportRequest, SignInRequest, StateFileRequest } from "@effect-oracle/browser/auth/SignInRequest"
import * as Effect from "effect/Effect"
import { layer } from "../graph/Auth.ts"

export type Way =
  | ({ readonly _tag: "ByHand" } & SignInRequest)
  | ({ readonly _tag: "FromBrowser" } & ImportRequest)
  | ({ readonly _tag: "FromStateFile" } & StateFileRequest)

/** Fails where this way cannot be gone on this machine at all, before anything is asked. */
export const possible = (way: Way) =>
  way._tag === "ByHand"
    ? AuthBootstrap.use((bootstrap) => bootstrap.windowPossible(way)).pipe(Effect.provide(layer))
    : Effect.void

export const signIn = (way: Way) =>
  AuthBootstrap.use((bootstrap) => {
    switch (way._tag) {
      case "ByHand":
        return bootstrap.byHand(way)
      case "FromBrowser":
        return bootstrap.fromBrowser(way)
      case "FromStateFile":
        return bootstrap.fromStateFile(way)
    }
  }).pipe(Effect.provide(layer))
