/** Makes a seed from a state file, with everything that this takes. */
import { AuthBootstrap, type StateFileRequest } from "@effect-oracle/browser/auth/AuthBootstrap"
import * as Effect from "effect/Effect"
import { layer } from "../graph/Auth.ts"

export const signIn = (request: StateFileRequest) =>
  AuthBootstrap.use((bootstrap) => bootstrap.fromStateFile(request)).pipe(Effect.provide(layer))
