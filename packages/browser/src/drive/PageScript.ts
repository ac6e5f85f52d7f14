// @effect-diagnostics nodeBuiltinImport:off
/** The bundled page script: found beside the bundle that ships it, or in this package's `dist`, and read once. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"
import type { PageSite } from "../page-script/site.ts"

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

const script: Effect.Effect<string, OracleError> = Effect.try({
  try: () => {
    loaded ??= load()
    return loaded
  },
  catch: (cause) => oracleError("internal_error", "the page script is missing", { step: "run 'npm run build'", cause })
})

const scripts = new WeakMap<PageSite, string>()

/** What the page is told of the site: nothing that only node needs. */
const partOf = (site: PageSite): PageSite => ({
  origins: site.origins,
  authOrigins: site.authOrigins,
  fileHosts: site.fileHosts,
  paths: site.paths,
  selectors: site.selectors,
  labels: site.labels,
  topics: site.topics,
  turnIdAttributes: site.turnIdAttributes
})

/**
 * Source of the script that defines the global `oraclePage` for this site; fails as `internal_error` where it was not
 * built. The definition goes into a document once, because sending it with each call costs more than most calls.
 */
export const pageScript = (site: PageSite): Effect.Effect<string, OracleError> => {
  const known = scripts.get(site)
  return known === undefined
    ? Effect.map(script, (source) => {
      const whole = `${source}\n;globalThis.oraclePage.site.current=${JSON.stringify(partOf(site))};`
      scripts.set(site, whole)
      return whole
    })
    : Effect.succeed(known)
}
