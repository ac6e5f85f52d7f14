/** Puts the cookies and the local storage of a state into a browser. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import type { LaunchedBrowser } from "../launch/Launch.ts"
import type { CookieSource, UsableState } from "./UsableState.ts"

/** Cookie values reach the browser over the pipe only; a failure of the driver may quote them, so its cause is dropped. */
export const installState = (
  browser: LaunchedBrowser,
  state: UsableState,
  source: CookieSource
): Effect.Effect<void, OracleError> =>
  Effect.tryPromise({
    try: async () => {
      const origins = state.origins.map(({ localStorage, origin }) => ({ origin, localStorage: [...localStorage] }))
      if (origins.length > 0) await browser.context.setStorageState({ cookies: [], origins })
      await browser.context.addCookies([...state.cookies])
    },
    catch: () => oracleError(source.code, `the browser does not accept the cookies of ${source.name}`)
  })
