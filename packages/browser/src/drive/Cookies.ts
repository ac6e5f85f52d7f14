// @effect-diagnostics nodeBuiltinImport:off
/** Keeps the site's cookies and who is signed in beside the runtime profile, for a recovery and for the seed. */
import * as Effect from "effect/Effect"
import { dirname } from "node:path"
import { fsFailure } from "../profile/FsFailure.ts"
import * as JarFile from "../profile/JarFile.ts"
import { fingerprintOf, readCookies, writeCookies } from "../profile/RuntimeCookies.ts"
import type { Driver } from "./Driver.ts"
import { observe } from "./Observe.ts"

/** Only cookies that the site definition allows are written; what they are is said nowhere else. */
export const saveCookies = Effect.fn("ChatPage.saveCookies")(function*(driver: Driver) {
  const runtimeDir = dirname(driver.profileDir)
  const seen = yield* Effect.option(observe(driver))
  const jar = yield* JarFile.observe(driver.page.context(), driver.profileDir, driver.site)
  yield* Effect.try({
    try: () => {
      const before = readCookies(runtimeDir)
      if (seen._tag === "None") {
        return writeCookies(runtimeDir, {
          signedIn: before?.signedIn ?? false,
          identity: before?.identity ?? null,
          jar
        })
      }
      const { accountControls, login, loginControls } = seen.value
      const signedIn = login.asked ? login.identified : accountControls.length > 0 && loginControls.length === 0
      const identity = login.identified ? fingerprintOf(login.email) : before?.identity ?? null
      writeCookies(runtimeDir, { signedIn, identity, jar })
    },
    catch: fsFailure(`write the cookies of ${runtimeDir}`)
  })
})
