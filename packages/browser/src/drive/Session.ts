/** What the page was told about its session, so that Oracle does not ask for it again and renew it under the page. */
import * as Effect from "effect/Effect"
import type { SessionHint } from "../page-script/protocol.ts"
import type { Driver } from "./Driver.ts"

const patienceMs = 1500
const pollMs = 50

/** Waits a moment for the page's own answer; null where the page does not ask for a session. */
export const sessionHint = Effect.fnUntraced(function*(driver: Driver) {
  const { network, site } = driver
  if (site.paths.session === null) return null
  for (let waited = 0; waited < patienceMs; waited += pollMs) {
    const quiet = network.session() !== null ? !network.sessionPending() : network.sessionAbsent()
    if (quiet) break
    yield* Effect.sleep(pollMs)
  }
  const seen = network.session()
  if (seen === null) {
    network.giveUpSession()
    return null
  }
  const { anonymous, email, identified, token } = seen
  return { anonymous, email, identified, token, ageMs: Math.round(performance.now() - seen.at) } satisfies SessionHint
})

export const sessionToken = (driver: Driver): string | null => driver.network.session()?.token ?? null
