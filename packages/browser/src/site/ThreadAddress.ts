/** Addresses of conversations: which are durable, which still change, and what a person may give. */
import type { ThreadRef } from "@effect-oracle/core/port/ChatBrowser"
import type { SiteDefinition } from "./Site.ts"

const idPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,127}$/

/** Address under which the site opens this conversation. */
export const threadUrl = (site: SiteDefinition, id: string): string =>
  under(site, site.paths.conversationUrl.replace("{id}", () => id))

export const newChatUrl = (site: SiteDefinition): string => under(site, site.paths.newChat)

/** Address of a new chat that the site keeps no copy of, or null where it has none. */
export const temporaryUrl = (site: SiteDefinition): string | null =>
  site.paths.temporaryChat === null ? null : under(site, site.paths.temporaryChat)

/** True for an address of a temporary chat: it keeps what the site definition's address asks for. */
export const isTemporary = (site: SiteDefinition, address: string): boolean => {
  const asked = temporaryUrl(site)
  if (asked === null || !URL.canParse(address)) return false
  const url = new URL(address)
  const wanted = new URL(asked)
  return site.origins.includes(url.origin) && wanted.hash === (wanted.hash === "" ? "" : url.hash) &&
    [...wanted.searchParams].every(([name, value]) => url.searchParams.get(name) === value) &&
    (wanted.search !== "" || wanted.hash !== "" || url.pathname === wanted.pathname)
}

const under = (site: SiteDefinition, path: string): string => new URL(path.replace(/^\//, ""), site.baseUrl).href

const plain = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The durable conversation of an address of this site; null for a new chat, a transient or a foreign address. */
export const threadAt = (site: SiteDefinition, address: string): ThreadRef | null => {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (!site.origins.includes(url.origin)) return null
  const routed = url.hash.replace(/^#!?/, "")
  const hash = routed.startsWith("/") ? routed : ""
  if ([url.pathname, hash].some((path) => new RegExp(site.paths.transient, "i").test(plain(path)))) return null
  const conversation = new RegExp(site.paths.conversation)
  const inPath = conversation.exec(url.pathname)?.[1]
  if (inPath !== undefined) return { url: `${url.origin}${url.pathname}`, conversationId: inPath }
  const inHash = conversation.exec(hash)?.[1]
  return inHash === undefined ? null : { url: `${url.origin}${url.pathname}${url.hash}`, conversationId: inHash }
}

/** What a person gave: an address of this site or a bare id. */
export const parseThreadValue = (site: SiteDefinition, value: string): ThreadRef | null => {
  const given = value.trim()
  if (/^https?:/i.test(given)) return threadAt(site, given)
  return idPattern.test(given) ? { url: threadUrl(site, given), conversationId: given } : null
}
