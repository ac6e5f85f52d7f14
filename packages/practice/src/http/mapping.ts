/** A thread in the JSON form that the product's own page reads: a tree of messages under `mapping`. */
import type { Conversation, Exchange } from "../state/Conversations.ts"
import type { ConversationJson, MappingMessage, MappingNode } from "../wire.ts"

export const conversationJson = (conversation: Conversation, working: boolean): ConversationJson => {
  const messages = conversation.exchanges.flatMap(messagesOf)
  const root: MappingNode = {
    id: "client-created-root",
    parent: null,
    children: messages.slice(0, 1).map((message) => message.id),
    message: null
  }
  const nodes = messages.map((message, index): MappingNode => ({
    id: message.id,
    parent: messages[index - 1]?.id ?? root.id,
    children: messages.slice(index + 1, index + 2).map((next) => next.id),
    message
  }))
  return {
    conversation_id: conversation.id,
    title: conversation.title,
    create_time: conversation.createdAt / 1_000,
    update_time: conversation.updatedAt / 1_000,
    current_node: messages.at(-1)?.id ?? root.id,
    async_status: working ? 1 : null,
    is_archived: conversation.archived,
    mapping: Object.fromEntries([root, ...nodes].map((node) => [node.id, node]))
  }
}

const messagesOf = (exchange: Exchange): ReadonlyArray<MappingMessage> => {
  const { answer, user } = exchange
  const question = message(user.id, "user", user.createdAt, "finished_successfully", null, {
    content_type: "text",
    parts: [user.text]
  }, {
    attachments: user.attachments
  })
  const preamble = answer.preamble === "" ? [] : [
    message(`${answer.id}-preamble`, "assistant", exchange.answeredAt, "finished_successfully", false, {
      content_type: "text",
      parts: [answer.preamble]
    }, { channel: "commentary" })
  ]
  const recap = answer.thoughtSeconds === null ? [] : [
    message(`${answer.id}-recap`, "assistant", exchange.answeredAt, "finished_successfully", false, {
      content_type: "reasoning_recap",
      content: `Thought for ${answer.thoughtSeconds}s`
    }, { reasoning_status: "reasoning_ended", finished_duration_sec: answer.thoughtSeconds })
  ]
  const status = answer.status === "complete"
    ? "finished_successfully"
    : answer.status === "failed"
    ? "finished_partial_completion"
    : "in_progress"
  const answers = answer.messages.map((part, index) =>
    message(
      part.id,
      "assistant",
      exchange.answeredAt,
      status,
      answer.status === "complete",
      contentOf(part.text, part.imageFileIds),
      {
        model_slug: answer.modelSlug,
        content_references: part.references,
        ...(index === answer.messages.length - 1 ? { turn: answer } : {})
      }
    )
  )
  return [question, ...preamble, ...recap, ...answers]
}

const contentOf = (text: string, imageFileIds: ReadonlyArray<string>): MappingMessage["content"] =>
  imageFileIds.length === 0
    ? { content_type: "text", parts: [text] }
    : {
      content_type: "multimodal_text",
      parts: [
        ...imageFileIds.map((id) => ({ content_type: "image_asset_pointer", asset_pointer: `sediment://${id}` })),
        text
      ]
    }

const message = (
  id: string,
  role: string,
  at: number,
  status: string,
  endTurn: boolean | null,
  content: MappingMessage["content"],
  metadata: MappingMessage["metadata"]
): MappingMessage => ({ id, author: { role }, create_time: at / 1_000, status, end_turn: endTurn, content, metadata })
