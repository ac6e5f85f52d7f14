/** Begins the answer to a user turn and keeps the log of how it went. */
import { compose } from "../answer/compose.ts"
import type { Behaviour } from "../Behaviour.ts"
import type { Conversation, Exchange, UserTurn } from "../state/Conversations.ts"
import type { World } from "../state/World.ts"
import { Generation } from "./Generation.ts"

export const answerTurn = (
  world: World,
  conversation: Conversation,
  user: UserTurn,
  modelSlug: string,
  behaviour: Behaviour
): Generation => {
  const files = user.attachments.flatMap((attachment) => world.files.get(attachment.id) ?? [])
  const drafts = compose({ userId: conversation.userId, text: user.text, files }, behaviour, world.files)
  const exchange: Exchange = {
    user,
    answeredAt: Date.now(),
    answer: {
      id: world.ids.uuid(),
      status: "thinking",
      label: behaviour.thinkingLabel,
      thoughtSeconds: null,
      preamble: "",
      error: null,
      barFlash: false,
      modelSlug,
      messages: drafts.map((draft) => ({
        id: world.ids.uuid(),
        text: "",
        references: draft.references,
        imageFileIds: []
      }))
    }
  }
  const at = conversation.exchanges.findIndex((other) => other.user.id === user.id)
  if (at === -1) conversation.exchanges.push(exchange)
  else conversation.exchanges[at] = exchange
  conversation.updatedAt = Date.now()

  const fails = behaviour.failTurn !== "no" && world.countdown.failedTurns > 0
  if (fails) world.countdown.failedTurns -= 1
  const detail = { conversationId: conversation.id, turnId: exchange.answer.id }
  const generation = new Generation(exchange, drafts, behaviour, fails, {
    onPaused: () => world.events.add("answer-paused", detail),
    onEnd: (outcome) => {
      conversation.updatedAt = Date.now()
      world.events.add(outcome === "failed" ? "answer-failed" : "answer-finished", { ...detail, outcome })
    }
  })
  world.generations.set(conversation.id, generation)
  world.events.add("answer-started", detail)
  generation.start()
  return generation
}

/** The Markdown source as the copy button gives it. */
export const markdownOf = (exchange: Exchange): ReadonlyArray<string> =>
  exchange.answer.messages.map((message) =>
    message.references.reduce(
      (text, reference) => text.replaceAll(reference.matched_text, () => ` ${reference.alt}`),
      message.text
    )
  )
