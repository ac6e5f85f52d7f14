// @effect-diagnostics nodeBuiltinImport:off
/**
 * The cookie jar of a profile, kept in a file of it (0600) that is cloned with it. It brings back what a browser drops
 * when it ends, and what was merged into a seed while no browser ran on it.
 */
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { BrowserContext, Cookie } from "playwright-core"
import { kindOf, lostError } from "../drive/PageFailure.ts"
import { cookieAllowed } from "../site/CookiePolicy.ts"
import type { SiteDefinition } from "../site/Site.ts"
import { CookieJar, cookieKey, emptyJar, type JarCookie, living, observed } from "./CookieJar.ts"
import { errnoOf, fsFailure } from "./FsFailure.ts"

/** Name of the file inside the profile folder. */
export const jarFile = "oracle-cookies.json"

const Text = Schema.fromJsonString(CookieJar)
const encode = Schema.encodeSync(Text)
const decode = Schema.decodeUnknownOption(Text)

/** The jar of a profile; empty where there is none or it cannot be understood. */
export const readJar = (profileDir: string): CookieJar => {
  try {
    return Option.getOrElse(decode(readFileSync(join(profileDir, jarFile), "utf8")), () => emptyJar)
  } catch (cause) {
    if (errnoOf(cause) === "ENOENT") return emptyJar
    throw cause
  }
}

export const writeJar = (profileDir: string, jar: CookieJar): void => {
  const file = join(profileDir, jarFile)
  writeFileSync(`${file}.new`, encode(jar), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

const plain = (cookie: Cookie): JarCookie => ({
  name: cookie.name,
  value: cookie.value,
  domain: cookie.domain,
  path: cookie.path,
  expires: cookie.expires,
  httpOnly: cookie.httpOnly,
  secure: cookie.secure,
  sameSite: cookie.sameSite,
  ...(cookie.partitionKey === undefined ? {} : { partitionKey: cookie.partitionKey })
})

type Cookies = Pick<BrowserContext, "cookies" | "addCookies" | "clearCookies">

/** A browser that is gone is no trouble of the storage: the job starts again with another one. */
const failed = (step: string) => (cause: unknown): OracleError =>
  kindOf(cause) === "lost" ? lostError(step) : fsFailure(step)(cause)

const cookiesOf = (context: Pick<BrowserContext, "cookies">): Effect.Effect<ReadonlyArray<Cookie>, OracleError> =>
  Effect.tryPromise({ try: () => context.cookies(), catch: failed("read the cookies of the browser") })

/** Looks at the browser's cookies that the site definition allows, keeps the jar in the profile and answers it. */
export const observe = Effect.fn("JarFile.observe")(function*(
  context: BrowserContext,
  profileDir: string,
  site: SiteDefinition
) {
  const allowed = (yield* cookiesOf(context)).filter((cookie) => cookieAllowed(site, cookie)).map(plain)
  const now = yield* Clock.currentTimeMillis
  return yield* Effect.try({
    try: () => {
      const jar = observed(readJar(profileDir), allowed, now)
      writeJar(profileDir, jar)
      return jar
    },
    catch: fsFailure(`write the cookie jar of ${profileDir}`)
  })
})

/** Gives a browser that has just started what the jar knows better than its profile. */
export const restore = Effect.fn("JarFile.restore")(function*(context: Cookies, profileDir: string) {
  const jar = yield* Effect.try({
    try: () => readJar(profileDir),
    catch: fsFailure(`read the cookie jar of ${profileDir}`)
  })
  if (jar.length === 0) return
  const now = yield* Clock.currentTimeMillis
  const present = new Map((yield* cookiesOf(context)).map((cookie) => [cookieKey(cookie), cookie]))
  const lacking = living(jar, now / 1000).filter((cookie) => present.get(cookieKey(cookie))?.value !== cookie.value)
  const gone = jar.filter((entry) => entry.cookie === null && present.has(cookieKey(entry)))
  yield* Effect.tryPromise({
    try: async () => {
      for (const { domain, name, path } of gone) await context.clearCookies({ domain, name, path })
      if (lacking.length > 0) await context.addCookies([...lacking])
    },
    // The cause may quote a cookie.
    catch: (cause) =>
      kindOf(cause) === "lost"
        ? lostError("give the kept cookies to the browser")
        : fsFailure("give the kept cookies to the browser")(new Error("the browser refused them"))
  })
})

/** Removes every cookie that the site definition does not allow; answers how many there were. */
export const removeForeign = Effect.fn("JarFile.removeForeign")(function*(
  context: Pick<Cookies, "cookies" | "clearCookies">,
  site: SiteDefinition
) {
  const foreign = (yield* cookiesOf(context)).filter((cookie) => !cookieAllowed(site, cookie))
  yield* Effect.tryPromise({
    try: async () => {
      for (const { domain, name, path } of foreign) await context.clearCookies({ domain, name, path })
    },
    catch: failed("remove foreign cookies")
  })
  return foreign.length
})
