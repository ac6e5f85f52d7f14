/** What of foreign cookies may enter a seed: those that the site definition allows and that have not expired. Pure. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Result from "effect/Result"
import { carriesLogin, cookieAllowed } from "../site/CookiePolicy.ts"
import type { SiteDefinition } from "../site/Site.ts"
import type { FileCookie, StateFile } from "./StateFile.ts"

export interface UsableCookie {
  readonly name: string
  readonly value: string
  readonly domain: string
  readonly path: string
  /** Seconds since 1970, or -1 for a session cookie. */
  readonly expires: number
  readonly httpOnly: boolean
  readonly secure: boolean
  readonly sameSite?: "Strict" | "Lax" | "None"
}

/** Where cookies come from, and how their failures are called. */
export interface CookieSource {
  /** As people see it: a file, or a profile of a browser. */
  readonly name: string
  readonly code: "state_file_invalid" | "cookie_import_failed"
  /** What a person does when its cookies are of no use. */
  readonly step: string
}

export interface UsableState {
  readonly cookies: ReadonlyArray<UsableCookie>
  readonly origins: StateFile["origins"]
  /** Names of allowed cookies that have expired. */
  readonly expired: ReadonlyArray<string>
  /** Whether a cookie that carries the login is among them. */
  readonly hasLogin: boolean
}

/** No cookie lives so long; a larger number counts milliseconds. */
const millisecondsFrom = 100_000_000_000

const expiryOf = (cookie: FileCookie): number => {
  const seconds = cookie.expires ?? cookie.expirationDate ?? -1
  if (seconds <= 0) return -1
  return seconds >= millisecondsFrom ? seconds / 1000 : seconds
}

const sameSiteOf = (cookie: FileCookie): UsableCookie["sameSite"] => {
  switch (cookie.sameSite?.toLowerCase()) {
    case "strict":
      return "Strict"
    case "lax":
      return "Lax"
    case "none":
    case "no_restriction":
      return cookie.secure === true ? "None" : undefined
    default:
      return undefined
  }
}

const usable = (cookie: FileCookie): UsableCookie => {
  const sameSite = sameSiteOf(cookie)
  return {
    name: cookie.name,
    value: cookie.value,
    domain: cookie.domain,
    path: cookie.path ?? "/",
    expires: expiryOf(cookie),
    httpOnly: cookie.httpOnly ?? false,
    secure: cookie.secure ?? /^__(Secure|Host)-/.test(cookie.name),
    ...(sameSite === undefined ? {} : { sameSite })
  }
}

const listed = (names: ReadonlyArray<string>): string => {
  const unique = [...new Set(names)]
  return unique.length <= 5 ? unique.join(", ") : `${unique.slice(0, 5).join(", ")} and ${unique.length - 5} more`
}

const nothingUsable = (
  site: SiteDefinition,
  source: CookieSource,
  state: StateFile,
  expired: ReadonlyArray<string>
): OracleError => {
  const why = state.cookies.length === 0
    ? "it holds no cookies"
    : expired.length > 0
    ? `the cookies for ${site.label} have expired: ${listed(expired)}`
    : `none of its ${state.cookies.length} cookies belongs to ${site.label} at ${site.baseUrl}; they are for ${
      listed(state.cookies.map(({ domain }) => domain))
    }`
  return oracleError(source.code, `${source.name}: ${why}`, { step: source.step })
}

/** A site that was moved may carry its login by any name, so there the site itself decides. */
const mustCarryLogin = (site: SiteDefinition): boolean => site.cookies.every(({ name }) => name !== "*")

const noLogin = (site: SiteDefinition, source: CookieSource, expired: ReadonlyArray<string>): OracleError => {
  const gone = expired.filter((name) => carriesLogin(site, name))
  const why = gone.length > 0
    ? `its session cookie has expired: ${listed(gone)}`
    : `it has no session cookie of ${site.label} (${site.sessionCookies.join(", ")}), so nobody is signed in there`
  return oracleError(source.code, `${source.name}: ${why}`, { step: source.step })
}

/** Filters the state for the site at this time; without one usable cookie, or without a login, it fails and says why. */
export const usableState = (
  site: SiteDefinition,
  source: CookieSource,
  state: StateFile,
  nowSeconds: number
): Result.Result<UsableState, OracleError> => {
  const allowed = state.cookies.filter((cookie) => cookieAllowed(site, cookie)).map(usable)
  const isExpired = ({ expires }: UsableCookie) => expires !== -1 && expires <= nowSeconds
  const expired = allowed.filter(isExpired).map(({ name }) => name)
  const cookies = allowed.filter((cookie) => !isExpired(cookie))
  if (cookies.length === 0) return Result.fail(nothingUsable(site, source, state, expired))
  const hasLogin = cookies.some(({ name }) => carriesLogin(site, name))
  if (!hasLogin && mustCarryLogin(site)) return Result.fail(noLogin(site, source, expired))
  const origins = state.origins.filter(({ origin }) => site.origins.includes(origin))
  return Result.succeed({ cookies, origins, expired, hasLogin })
}
