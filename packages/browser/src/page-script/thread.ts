/** The thread as a whole, and the history of the account. */
import { isRecord, joined } from "./dom.ts"
import { bearer, getJson } from "./login.ts"
import type { HistoryView, ThreadView } from "./protocol.ts"
import { sidebars } from "./regions.ts"
import type { PageSite } from "./site.ts"
import { isUser, turnId, turnsOf, userTextOf } from "./turns.ts"

export const thread = (site: PageSite): ThreadView => {
  const turns = turnsOf(site)
  const last = turns.at(-1)
  const firstUser = turns.find((turn) => isUser(site, turn))
  const lastUser = turns.findLast((turn) => isUser(site, turn))
  return {
    url: location.href,
    turns: turns.length,
    lastTurnId: last === undefined ? null : turnId(site, last),
    firstUserText: firstUser === undefined ? null : userTextOf(site, firstUser),
    lastUserId: lastUser === undefined ? null : turnId(site, lastUser),
    lastUserText: lastUser === undefined ? null : userTextOf(site, lastUser)
  }
}

const idsFromApi = async (
  site: PageSite,
  limit: number,
  token: string | null
): Promise<ReadonlyArray<string> | null> => {
  if (site.paths.history === null) return null
  const path = site.paths.history.replace("{limit}", String(limit))
  const { body, status } = await getJson(path, await bearer(site, token))
  const items = body?.["items"]
  if (status !== 200 || !Array.isArray(items)) return null
  const ids: Array<string> = []
  for (const item of items as ReadonlyArray<unknown>) {
    const id = isRecord(item) ? item["id"] : null
    if (typeof id === "string") ids.push(id)
  }
  return ids
}

const idsFromSidebar = (site: PageSite): ReadonlyArray<string> | null => {
  const bars = sidebars(site)
  if (bars.length === 0) return null
  const pattern = new RegExp(site.paths.conversation)
  const ids = bars.flatMap((bar) =>
    Array.from(bar.querySelectorAll<HTMLAnchorElement>(joined(site.selectors.historyLink)))
  )
    .map((link) => pattern.exec(URL.parse(link.href)?.pathname ?? "")?.[1])
  return [...new Set(ids.filter((id) => id !== undefined))]
}

/** The newest conversations, from the back end or else from the sidebar. */
export const history = async (site: PageSite, limit: number, token: string | null): Promise<HistoryView> => {
  const api = await idsFromApi(site, limit, token)
  if (api !== null) return { read: true, source: "api", ids: api.slice(0, limit) }
  const bar = idsFromSidebar(site)
  return bar === null
    ? { read: false, source: "none", ids: [] }
    : { read: true, source: "sidebar", ids: bar.slice(0, limit) }
}

interface Message {
  readonly at: number
  readonly text: string
}

/** A node of the conversation, when it is a message of the person. */
const userMessage = (node: unknown): Message | null => {
  const message = isRecord(node) ? node["message"] : null
  if (!isRecord(message) || !isRecord(message["author"]) || message["author"]["role"] !== "user") return null
  const parts = isRecord(message["content"]) ? message["content"]["parts"] : null
  const text = Array.isArray(parts) ? parts.filter((part) => typeof part === "string").join("\n") : ""
  const at = message["create_time"]
  return text === "" ? null : { at: typeof at === "number" ? at : 0, text }
}

/** Texts of the user messages of a conversation, oldest first, from the back end; null when it does not say. */
export const prompts = async (
  site: PageSite,
  conversationId: string,
  token: string | null
): Promise<ReadonlyArray<string> | null> => {
  if (site.paths.conversationApi === null) return null
  const path = site.paths.conversationApi.replace("{id}", encodeURIComponent(conversationId))
  const { body, status } = await getJson(path, await bearer(site, token), 15_000)
  const mapping = body?.["mapping"]
  if (status !== 200 || !isRecord(mapping)) return null
  return Object.values(mapping).map(userMessage).filter((message) => message !== null)
    .toSorted((a, b) => a.at - b.at)
    .map(({ text }) => text)
}
