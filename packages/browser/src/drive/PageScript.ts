// @effect-diagnostics nodeBuiltinImport:off
/** The bundled page script: found beside the bundle that ships it, or in this package's `dist`, and read once. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"

const places = [
  new URL("./page-script.js", import.meta.url),
  new URL("../page-script.js", import.meta.url),
  new URL("../../dist/page-script.js", import.meta.url)
]

let loaded: string | null = null

const load = (): string => {
  for (const place of places) {
    try {
      return readFileSync(place, "utf8")
    } catch {
      continue
    }
  }
  throw new Error(`none of ${places.map((place) => place.pathname).join(", ")}`)
}

/** Source of the script that defines the global `oraclePage`; fails as `internal_error` where it was not built. */
export const pageScript: Effect.Effect<string, OracleError> = Effect.try({
  try: () => {
    loaded ??= load()
    return loaded
  },
  catch: (cause) => oracleError("internal_error", "the page script is missing", { step: "run 'npm run build'", cause })
})
