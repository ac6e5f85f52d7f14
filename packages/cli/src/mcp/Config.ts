/** The configuration that applies to a project now; read again for each call, as the server lives long. */
import { load } from "@effect-oracle/core/config/ConfigSources"
import * as Effect from "effect/Effect"

export const configOf = (projectRoot: string) => Effect.map(load({ projectRoot }), ({ config }) => config)
