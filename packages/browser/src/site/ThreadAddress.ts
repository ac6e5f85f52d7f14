/** Addresses of conversations: which are durable, which still change, and what a person may give. */
import type { ThreadRef } from "@effect-oracle/core/port/ChatBrowser"
import type { SiteDefinition } from "./Site.ts"

const idPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,127}$/

/** Address under which the site opens this conversation. */
export const threadUrl = (site: SiteDefinition, id: string): string =>
  under(site, site.paths.conversationUrl.replace("{id}", () => id))

export const newChatUrl = (site: SiteDefinition): string => under(site, site.paths.newChat)

const under = (site: SiteDefinition, path: string): string => new URL(path.replace(/^\//, ""), site.baseUrl).href

/** The durable conversation of an address of this site; null for a new chat, a transient or a foreign address. */
export const threadAt = (site: SiteDefinition, address: string): ThreadRef | null => {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (!site.origins.includes(url.origin)) return null
  const path = url.pathname + url.hash.replace(/^#/, "")
  if (
    new RegExp(site.paths.transient, "i").test(decodeURIComponent(path)) ||
    new RegExp(site.paths.transient, "i").test(path)
  ) return null
  const id = new RegExp(site.paths.conversation).exec(path)?.[1]
  return id === undefined
    ? null
    : { url: `${url.origin}${url.pathname}${/\/c\//.test(url.hash) ? url.hash : ""}`, conversationId: id }
}

/** What a person gave: an address of this site or a bare id. */
export const parseThreadValue = (site: SiteDefinition, value: string): ThreadRef | null => {
  const given = value.trim()
  if (/^https?:/i.test(given)) return threadAt(site, given)
  return idPattern.test(given) ? { url: threadUrl(site, given), conversationId: given } : null
}
