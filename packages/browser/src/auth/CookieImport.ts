// @effect-diagnostics nodeBuiltinImport:off
/**
 * Cookies of a local browser's profile, read from a copy of its database; the profile itself is never written. What
 * belongs into a seed is decided by the caller.
 */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import type { Cookie, GetCookiesOptions } from "@steipete/sweet-cookie"
import * as Effect from "effect/Effect"
import { statSync } from "node:fs"
import { isAbsolute, join } from "node:path"
import { cookieFiles } from "../profile/SeedInspection.ts"
import type { SiteDefinition } from "../site/Site.ts"
import type { ImportBrowser } from "./SignInRequest.ts"
import type { FileCookie } from "./StateFile.ts"

export interface ImportedFrom {
  readonly browser: ImportBrowser
  readonly profile?: string
}

export interface Imported {
  readonly cookies: ReadonlyArray<FileCookie>
  /** What the reader could not do, in its words; no values. */
  readonly warnings: ReadonlyArray<string>
}

const labels: Record<ImportBrowser, string> = { chrome: "Chrome", chromium: "Chromium", brave: "Brave", edge: "Edge" }

/** The profile as people call it. */
export const profileName = ({ browser, profile }: ImportedFrom): string =>
  `${labels[browser]}${profile === undefined ? "" : `, profile ${profile}`}`

const failed = (from: ImportedFrom, why: string, step?: string): OracleError =>
  oracleError("cookie_import_failed", `${profileName(from)}: ${why}`, step === undefined ? {} : { step })

const looksLikePath = (profile: string): boolean => /[/\\]/.test(profile)

type Kind = "file" | "folder" | "nothing"

const kindOf = (path: string): Kind => {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined ? "nothing" : stats.isDirectory() ? "folder" : "file"
}

/** A path may name the data folder of a browser, a profile in it, or the cookie database. */
const databaseIn = (from: ImportedFrom, path: string): string | OracleError => {
  if (!isAbsolute(path)) return failed(from, "give the profile as a name or as an absolute path")
  const kind = kindOf(path)
  if (kind === "nothing") return failed(from, "there is no such profile", "check the path given to --profile")
  if (kind === "file") return path
  const inProfile = cookieFiles.flatMap((name) => [name.replace("Default/", ""), name])
  const found = inProfile.map((name) => join(path, name)).find((file) => kindOf(file) === "file")
  return found ?? failed(from, "this folder holds no cookies, so it is no profile of a browser that was used")
}

/** The addresses whose cookies may matter: one for each domain that the site definition names. */
const originsOf = (site: SiteDefinition): Array<string> => [
  ...new Set([
    ...site.origins,
    ...site.cookies.map(({ domain }) => `https://${domain.replace(/^\./, "")}`)
  ])
]

const readTimeoutMs = 30_000

const query = (from: ImportedFrom, site: SiteDefinition, profile: string | undefined): GetCookiesOptions => {
  const common = { url: site.baseUrl, origins: originsOf(site), mode: "first" as const, timeoutMs: readTimeoutMs }
  if (from.browser === "edge") {
    return { ...common, browsers: ["edge"], ...(profile === undefined ? {} : { edgeProfile: profile }) }
  }
  return {
    ...common,
    browsers: ["chrome"],
    chromiumBrowser: from.browser,
    ...(profile === undefined ? {} : { chromeProfile: profile })
  }
}

const fileCookie = (cookie: Cookie): ReadonlyArray<FileCookie> => {
  const { domain, expires, hostOnly, httpOnly, name, path, sameSite, secure, value } = cookie
  if (domain === undefined) return []
  return [{
    name,
    value,
    domain: hostOnly === false ? `.${domain}` : domain,
    path: path ?? "/",
    expires: expires ?? -1,
    httpOnly: httpOnly ?? false,
    secure: secure ?? false,
    ...(sameSite === undefined ? {} : { sameSite })
  }]
}

/** What the person can do, by what the reader complained of. */
const explained = (from: ImportedFrom, warnings: ReadonlyArray<string>): OracleError => {
  const text = warnings.join("; ")
  if (/failed to copy|locked|EBUSY|EPERM/i.test(text)) {
    return failed(from, "its cookie database is locked", `close ${labels[from.browser]} and try again`)
  }
  if (/malformed|not a database|no such table|failed reading/i.test(text)) {
    return failed(from, "its cookie database cannot be read: it is damaged, or of another kind")
  }
  if (/not found|no .*profile/i.test(text)) {
    return failed(from, "it was not found on this machine", "name another browser, or its profile with --profile")
  }
  if (/app-bound|v20|could not be decrypted/i.test(text)) {
    return failed(from, "its cookies cannot be decrypted here: the browser keeps their key to itself")
  }
  const keyring = /keyring|keychain|secret-tool|kwallet/i.test(text)
    ? ", or their key lies in the system's keyring, which could not be asked"
    : ""
  return failed(
    from,
    `it holds no cookies of this site that can be read: nobody is signed in there${keyring}`,
    "sign in to the site with that browser first, or sign in by hand with 'oracle auth <site>'"
  )
}

/** Every cookie of the site's domains; fails as `cookie_import_failed` and says what a person can do about that. */
export const readBrowserCookies = Effect.fn("CookieImport.readBrowserCookies")(function*(
  from: ImportedFrom,
  site: SiteDefinition,
  config: OracleConfig
) {
  const { chromeCookiePath, chromeProfile } = config.auth
  const wanted = from.profile ?? chromeCookiePath ?? chromeProfile
  const profile = wanted === undefined || !looksLikePath(wanted) ? wanted : databaseIn(from, wanted)
  if (typeof profile === "object") return yield* profile
  const { getCookies } = yield* Effect.promise(() => import("@steipete/sweet-cookie"))
  const { cookies, warnings } = yield* Effect.tryPromise({
    try: () => getCookies(query(from, site, profile)),
    catch: () => failed(from, "its cookies could not be read")
  })
  if (cookies.length === 0) return yield* explained(from, warnings)
  return { cookies: cookies.flatMap(fileCookie), warnings } satisfies Imported
})
