// @effect-diagnostics nodeBuiltinImport:off
/** Keeps the site's cookies beside the runtime profile (0600), so that a recovery uses the newest ones. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { rename, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import * as SessionCookies from "../profile/SessionCookies.ts"
import { cookieAllowed } from "../site/CookiePolicy.ts"
import type { Driver } from "./Driver.ts"
import { failureOf } from "./PageFailure.ts"

/** Name of the file, in the folder that holds the runtime profile. */
export const cookieFile = "cookies.json"

const failed = (cause: unknown): OracleError => {
  const error = failureOf("saveCookies", null, cause)
  return error._tag === "OracleError"
    ? error
    : oracleError("storage_failed", "the cookies could not be saved", { cause })
}

const encode = Schema.encodeSync(Schema.fromJsonString(Schema.Array(Schema.Unknown)))

/** Only cookies that the site definition allows are written; those without expiry also go into the profile itself. */
export const saveCookies = Effect.fn("ChatPage.saveCookies")(function*(driver: Driver) {
  yield* Effect.tryPromise({
    try: async () => {
      const cookies = await driver.page.context().cookies()
      const allowed = cookies.filter((cookie) => cookieAllowed(driver.site, cookie))
      const file = join(dirname(driver.profileDir), cookieFile)
      await writeFile(`${file}.new`, encode(allowed), { mode: 0o600 })
      await rename(`${file}.new`, file)
    },
    catch: failed
  })
  yield* SessionCookies.save(driver.page.context(), driver.profileDir)
})
