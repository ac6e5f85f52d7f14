/** What a person does with a whole conversation: archive it, bring it back, delete it. */
import type { Conversation } from "../../state/Conversations.ts"
import { type Exchange, HttpProblem, readJson, requireBearer, type RouteTable, sendJson } from "../Exchange.ts"

/** The conversation, if it is there and belongs to whoever asks. */
export const ownConversation = (exchange: Exchange, id: string): Conversation => {
  const { user } = requireBearer(exchange)
  const conversation = exchange.world.conversations.get(id)
  if (conversation === undefined || conversation.userId !== user.id) throw notFound(id)
  return conversation
}

export const notFound = (id: string): HttpProblem =>
  new HttpProblem(404, "conversation_not_found", `Can't load conversation ${id}`)

const change = async (exchange: Exchange, id = ""): Promise<void> => {
  const conversation = ownConversation(exchange, id)
  const { is_archived, is_visible } = await readJson<
    { readonly is_archived?: boolean; readonly is_visible?: boolean }
  >(exchange)
  const { conversations, events, generations } = exchange.world
  if (is_archived !== undefined) {
    conversation.archived = is_archived
    events.add(is_archived ? "archive" : "unarchive", { conversationId: id })
  }
  if (is_visible === false) {
    generations.get(id)?.stop()
    generations.delete(id)
    conversations.remove(id)
    events.add("delete", { conversationId: id })
  }
  sendJson(exchange, 200, { success: true })
}

export const conversationRoutes: RouteTable = [
  ["PATCH", /^\/backend-api\/conversation\/([A-Za-z0-9-]+)$/, change]
]
