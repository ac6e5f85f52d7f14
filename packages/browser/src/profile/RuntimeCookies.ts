// @effect-diagnostics nodeBuiltinImport:off
/**
 * What a runtime knows about its login, beside its profile (0600): where its seed came from, and the cookies and the
 * account that its page showed last. It outlives a crash, so that rotated cookies are not lost with the host.
 */
import { AccountName, SiteName } from "@effect-oracle/core/domain/Ids"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { createHash } from "node:crypto"
import { readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { CookieJar } from "./CookieJar.ts"
import { errnoOf } from "./FsFailure.ts"

const Origin = Schema.fromJsonString(Schema.Struct({
  site: SiteName,
  account: AccountName,
  generation: Schema.Int
}))
type Origin = typeof Origin.Type

const Cookies = Schema.fromJsonString(Schema.Struct({
  /** Whether the page was signed in when it was last looked at. */
  signedIn: Schema.Boolean,
  /** Fingerprint of the account, or null where the site does not tell who is signed in. */
  identity: Schema.NullOr(Schema.String),
  jar: CookieJar
}))
type Cookies = typeof Cookies.Type

const originFile = "seed.json"
/** Name of the file, in the folder that holds the runtime profile. */
export const cookieFile = "cookies.json"

const read = <A>(file: string, decode: (text: string) => Option.Option<A>): A | undefined => {
  try {
    return Option.getOrUndefined(decode(readFileSync(file, "utf8")))
  } catch (cause) {
    if (errnoOf(cause) === "ENOENT" || errnoOf(cause) === "ENOTDIR") return undefined
    throw cause
  }
}

const write = (file: string, text: string): void => {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

const encodeOrigin = Schema.encodeSync(Origin)
const decodeOrigin = Schema.decodeUnknownOption(Origin)
const encodeCookies = Schema.encodeSync(Cookies)
const decodeCookies = Schema.decodeUnknownOption(Cookies)

export const writeOrigin = (runtimeDir: string, origin: Origin): void =>
  write(join(runtimeDir, originFile), encodeOrigin(origin))

export const readOrigin = (runtimeDir: string): Origin | undefined => read(join(runtimeDir, originFile), decodeOrigin)

export const writeCookies = (runtimeDir: string, cookies: Cookies): void =>
  write(join(runtimeDir, cookieFile), encodeCookies(cookies))

export const readCookies = (runtimeDir: string): Cookies | undefined =>
  read(join(runtimeDir, cookieFile), decodeCookies)

/** Tells accounts apart without naming one. */
export const fingerprintOf = (identity: string | null): string | null =>
  identity === null ? null : createHash("sha256").update(identity.trim().toLowerCase()).digest("hex")
