// @effect-diagnostics nodeBuiltinImport:off
/**
 * Cookies without an expiry date. A browser drops them when it ends, so they are kept in a file of the profile (0600)
 * that is cloned with it and given back to the next browser.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { BrowserContext, Cookie } from "playwright-core"
import { errnoOf, fsFailure } from "./FsFailure.ts"

/** Name of the file inside the profile folder. */
export const sessionCookieFile = "oracle-session-cookies.json"

const Stored = Schema.fromJsonString(Schema.Array(Schema.Struct({
  name: Schema.String,
  value: Schema.String,
  domain: Schema.String,
  path: Schema.String,
  expires: Schema.Literal(-1),
  httpOnly: Schema.Boolean,
  secure: Schema.Boolean,
  sameSite: Schema.Literals(["Strict", "Lax", "None"]),
  partitionKey: Schema.optionalKey(Schema.String)
})))
type Stored = typeof Stored.Type

const encode = Schema.encodeSync(Stored)
const decode = Schema.decodeUnknownOption(Stored)

const isSessionCookie = (cookie: Cookie): boolean => cookie.expires === -1

const plain = (cookie: Cookie): Stored[number] => ({
  name: cookie.name,
  value: cookie.value,
  domain: cookie.domain,
  path: cookie.path,
  expires: -1,
  httpOnly: cookie.httpOnly,
  secure: cookie.secure,
  sameSite: cookie.sameSite,
  ...(cookie.partitionKey === undefined ? {} : { partitionKey: cookie.partitionKey })
})

const key = (cookie: { readonly name: string; readonly domain: string; readonly path: string }): string =>
  `${cookie.domain}\n${cookie.path}\n${cookie.name}`

/** Writes the session cookies of the browser into its profile folder; without any, an older file is removed. */
export const save = Effect.fn("SessionCookies.save")(function*(context: BrowserContext, profileDir: string) {
  const cookies = yield* Effect.tryPromise({
    try: () => context.cookies(),
    catch: fsFailure("read the cookies of the browser")
  })
  const file = join(profileDir, sessionCookieFile)
  yield* Effect.try({
    try: () => {
      const kept = cookies.filter(isSessionCookie).map(plain)
      if (kept.length === 0) return rmSync(file, { force: true })
      writeFileSync(`${file}.new`, encode(kept), { mode: 0o600, flush: true })
      renameSync(`${file}.new`, file)
    },
    catch: fsFailure(`write ${file}`)
  })
})

const read = (file: string): Stored => {
  try {
    const stored = decode(readFileSync(file, "utf8"))
    return stored._tag === "Some" ? stored.value : []
  } catch (cause) {
    if (errnoOf(cause) === "ENOENT") return []
    throw cause
  }
}

/** Gives the kept session cookies to a browser that has just started, except those that it has itself. */
export const restore = Effect.fn("SessionCookies.restore")(function*(context: BrowserContext, profileDir: string) {
  const stored = yield* Effect.try({
    try: () => read(join(profileDir, sessionCookieFile)),
    catch: fsFailure("read the session cookies of the profile")
  })
  if (stored.length === 0) return
  yield* Effect.tryPromise({
    try: async () => {
      const present = new Set((await context.cookies()).map(key))
      const lacking = stored.filter((cookie) => !present.has(key(cookie)))
      if (lacking.length > 0) await context.addCookies(lacking)
    },
    catch: fsFailure("give the session cookies to the browser")
  })
})
