/** Which cookies of a site may be kept, imported or written back: an allow-list of (domain, name). */
import type { SiteDefinition } from "./Site.ts"

const domainFits = (rule: string, domain: string): boolean => {
  const bare = domain.replace(/^\./, "").toLowerCase()
  if (!rule.startsWith(".")) return bare === rule.toLowerCase()
  const base = rule.slice(1).toLowerCase()
  return bare === base || bare.endsWith(`.${base}`)
}

const nameFits = (rule: string, name: string): boolean =>
  rule.endsWith("*") ? name.startsWith(rule.slice(0, -1)) : name === rule

/** True for a cookie without which nobody is signed in. */
export const carriesLogin = (site: SiteDefinition, name: string): boolean =>
  site.sessionCookies.some((rule) => nameFits(rule, name))

/** True only for a cookie that the site definition names; where the site was moved, any cookie of exactly that host. */
export const cookieAllowed = (
  site: SiteDefinition,
  cookie: { readonly domain: string; readonly name: string }
): boolean => site.cookies.some((rule) => domainFits(rule.domain, cookie.domain) && nameFits(rule.name, cookie.name))
