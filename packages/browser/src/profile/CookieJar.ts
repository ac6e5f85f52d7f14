/**
 * The site's cookies of a profile, each with the time at which its present value was first seen. Pure: jars of parallel
 * runtimes merge into the seed by that time, so that a value which nobody changed never beats a rotated one.
 */
import * as Schema from "effect/Schema"

export const JarCookie = Schema.Struct({
  name: Schema.String,
  value: Schema.String,
  domain: Schema.String,
  path: Schema.String,
  /** Seconds since 1970, or -1 for a cookie that the browser drops when it ends. */
  expires: Schema.Finite,
  httpOnly: Schema.Boolean,
  secure: Schema.Boolean,
  sameSite: Schema.optionalKey(Schema.Literals(["Strict", "Lax", "None"])),
  partitionKey: Schema.optionalKey(Schema.String)
})
export type JarCookie = typeof JarCookie.Type

const JarEntry = Schema.Struct({
  name: Schema.String,
  domain: Schema.String,
  path: Schema.String,
  /** Milliseconds since 1970. */
  observedAt: Schema.Finite,
  /** Null where the site has removed it. */
  cookie: Schema.NullOr(JarCookie)
})
type JarEntry = typeof JarEntry.Type

export const CookieJar = Schema.Array(JarEntry)
export type CookieJar = typeof CookieJar.Type

export const emptyJar: CookieJar = []

interface Named {
  readonly name: string
  readonly domain: string
  readonly path: string
}

/** What makes two cookies the same one. */
export const cookieKey = ({ domain, name, path }: Named): string => `${domain}\n${path}\n${name}`

const same = (a: JarCookie, b: JarCookie): boolean =>
  a.value === b.value && Math.abs(a.expires - b.expires) < 1 && a.httpOnly === b.httpOnly && a.secure === b.secure

const entryOf = (cookie: JarCookie, observedAt: number): JarEntry => ({
  name: cookie.name,
  domain: cookie.domain,
  path: cookie.path,
  observedAt,
  cookie
})

/** The jar after a look at the browser's cookies: what changed since the last look, or is gone, is dated `now`. */
export const observed = (jar: CookieJar, cookies: ReadonlyArray<JarCookie>, now: number): CookieJar => {
  const present = new Map(cookies.map((cookie) => [cookieKey(cookie), cookie]))
  const known = new Set(jar.map(cookieKey))
  const kept = jar.map((entry) => {
    const cookie = present.get(cookieKey(entry))
    if (cookie === undefined) return entry.cookie === null ? entry : { ...entry, observedAt: now, cookie: null }
    return entry.cookie !== null && same(entry.cookie, cookie) ? entry : entryOf(cookie, now)
  })
  const added = [...present.values()].filter((cookie) => !known.has(cookieKey(cookie)))
  return [...kept, ...added.map((cookie) => entryOf(cookie, now))]
}

/** Both jars in one: of each cookie the newest observed; what was seen at the same time stays as `jar` has it. */
export const merged = (jar: CookieJar, other: CookieJar): CookieJar => {
  const entries = new Map(jar.map((entry) => [cookieKey(entry), entry]))
  for (const entry of other) {
    const mine = entries.get(cookieKey(entry))
    if (mine === undefined || entry.observedAt > mine.observedAt) entries.set(cookieKey(entry), entry)
  }
  return [...entries.values()]
}

/** Whether `other` has seen anything that `jar` does not know yet. */
export const hasNews = (jar: CookieJar, other: CookieJar): boolean => {
  const times = new Map(jar.map((entry) => [cookieKey(entry), entry.observedAt]))
  return other.some((entry) => entry.observedAt > (times.get(cookieKey(entry)) ?? -Infinity))
}

/** The cookies that still count at this time. */
export const living = (jar: CookieJar, nowSeconds: number): ReadonlyArray<JarCookie> =>
  jar.flatMap(({ cookie }) => cookie !== null && (cookie.expires === -1 || cookie.expires > nowSeconds) ? [cookie] : [])
