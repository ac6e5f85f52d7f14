/** When a login ends by its own cookies. Pure. */
import * as DateTime from "effect/DateTime"
import { carriesLogin } from "../site/CookiePolicy.ts"
import type { SiteDefinition } from "../site/Site.ts"
import type { CookieJar } from "./CookieJar.ts"

/** The earliest expiry of the cookies that carry the login; null where the site alone decides. */
export const sessionExpiryOf = (site: SiteDefinition, jar: CookieJar): DateTime.Utc | null => {
  const dated = jar.flatMap(({ cookie }) =>
    cookie !== null && cookie.expires !== -1 && carriesLogin(site, cookie.name) ? [cookie.expires] : []
  )
  return dated.length === 0 ? null : DateTime.makeUnsafe(Math.min(...dated) * 1000)
}
