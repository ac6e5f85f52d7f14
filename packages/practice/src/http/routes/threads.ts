/** History, single threads, sending, and the stream of an answer in the making. */
import { setTimeout as sleep } from "node:timers/promises"
import { answerTurn } from "../../generation/answerTurn.ts"
import type { Generation } from "../../generation/Generation.ts"
import { namedInPrompt } from "../../Scenario.ts"
import type { Conversation, UserTurn } from "../../state/Conversations.ts"
import type { SendRequest } from "../../wire.ts"
import { type Exchange, HttpProblem, readJson, requireBearer, type RouteTable, sendJson } from "../Exchange.ts"
import { conversationJson } from "../mapping.ts"
import { openEventStream } from "../sse.ts"
import { notFound, ownConversation } from "./conversations.ts"
import { admitSend, logSend } from "./sendAdmission.ts"

const history = (exchange: Exchange): void => {
  const { user } = requireBearer(exchange)
  const limit = Number(exchange.url.searchParams.get("limit") ?? 28)
  const offset = Number(exchange.url.searchParams.get("offset") ?? 0)
  const listedUntil = Date.now() - exchange.world.behaviour.historyLagMs
  const all = exchange.world.conversations.of(user.id).filter((conversation) => conversation.createdAt <= listedUntil)
  const items = all.slice(offset, offset + limit).map(({ createdAt, id, mode, title, updatedAt }) => ({
    id,
    title,
    mode,
    create_time: new Date(createdAt).toISOString(),
    update_time: new Date(updatedAt).toISOString(),
    is_archived: false
  }))
  sendJson(exchange, 200, { items, total: all.length, limit, offset })
}

const thread = async (exchange: Exchange, id = ""): Promise<void> => {
  const conversation = ownConversation(exchange, id)
  if (conversation.temporary) throw notFound(id)
  const { conversationDelayMs } = exchange.world.behaviour
  if (conversationDelayMs > 0) await sleep(conversationDelayMs, undefined, { ref: false })
  sendJson(exchange, 200, conversationJson(conversation, runningIn(exchange, id) !== undefined))
}

const send = async (exchange: Exchange): Promise<void> => {
  const { user } = requireBearer(exchange)
  const { world } = exchange
  const request = await readJson<SendRequest>(exchange)
  const { attachments, id, text } = request.message
  const refusal = admitSend(exchange, request)
  if (refusal !== null && !refusal.kept) throw refusal.problem

  const named = namedInPrompt(text)
  const behaviour = world.behaviourFor(text, named)
  const isNew = request.conversation_id === null
  const conversation = isNew
    ? world.conversations.create(user.id, "New chat", {
      mode: request.mode ?? "chat",
      temporary: request.history_and_training_disabled ?? false
    })
    : ownConversation(exchange, request.conversation_id ?? "")
  if (isNew) conversation.title = titleOf(text)
  logSend(exchange, request, conversation, named)
  const turn: UserTurn = { id, text, attachments, createdAt: Date.now() }
  const generation = answerTurn(world, conversation, turn, request.model, behaviour)
  if (behaviour.revokeSessions === "after-send") world.revokeSessions()
  if (refusal !== null) throw refusal.problem
  follow(exchange, conversation, generation, isNew ? behaviour.urlDelayMs : 0, behaviour.rateLimit === "answer")
}

const follow = (
  exchange: Exchange,
  conversation: Conversation,
  generation: Generation,
  urlDelayMs: number,
  throttled: boolean
): void => {
  const stream = openEventStream(exchange)
  let announced = false
  let over = false
  const announce = () => {
    announced = true
    stream.send({ type: "conversation", conversation_id: conversation.id, title: conversation.title })
    if (over) stream.finish()
  }
  const timer = setTimeout(announce, urlDelayMs)
  const unwatch = generation.watch((event) => {
    stream.send(event)
    if (event.type === "turn" && ["complete", "failed", "stopped"].includes(event.turn.status)) {
      over = true
      if (announced) stream.finish()
    }
  })
  stream.onClose(() => {
    clearTimeout(timer)
    unwatch()
  })
  if (throttled) {
    unwatch()
    stream.send({ type: "throttled" })
  }
}

const resume = async (exchange: Exchange): Promise<void> => {
  requireBearer(exchange)
  const { conversation_id } = await readJson<{ readonly conversation_id: string }>(exchange)
  const conversation = ownConversation(exchange, conversation_id)
  const generation = runningIn(exchange, conversation_id)
  if (generation === undefined) {
    throw new HttpProblem(404, "no_active_stream", "There is no active stream for this conversation.")
  }
  follow(exchange, conversation, generation, 0, exchange.world.behaviour.rateLimit === "answer")
}

const stop = async (exchange: Exchange): Promise<void> => {
  const { conversation_id } = await readJson<{ readonly conversation_id: string }>(exchange)
  ownConversation(exchange, conversation_id)
  exchange.world.events.add("stop", { conversationId: conversation_id })
  runningIn(exchange, conversation_id)?.stop()
  sendJson(exchange, 200, { status: "success" })
}

const proceed = async (exchange: Exchange): Promise<void> => {
  const { conversation_id } = await readJson<{ readonly conversation_id: string }>(exchange)
  ownConversation(exchange, conversation_id)
  exchange.world.events.add("continue", { conversationId: conversation_id })
  runningIn(exchange, conversation_id)?.continue()
  sendJson(exchange, 200, { status: "success" })
}

const retry = async (exchange: Exchange): Promise<void> => {
  const { conversation_id } = await readJson<{ readonly conversation_id: string }>(exchange)
  const conversation = ownConversation(exchange, conversation_id)
  const last = conversation.exchanges.at(-1)
  if (last === undefined) throw new HttpProblem(404, "not_found", "There is nothing to retry.")
  exchange.world.events.add("retry", { conversationId: conversation_id })
  const behaviour = exchange.world.behaviourFor(last.user.text, namedInPrompt(last.user.text))
  follow(
    exchange,
    conversation,
    answerTurn(exchange.world, conversation, last.user, last.answer.modelSlug, behaviour),
    0,
    false
  )
}

const notedKinds = ["copy", "prefer", "answer-now", "consent", "mode"] as const

type Noted = typeof notedKinds[number]

/** What a person did on the page that only the log wants to know. */
const noted = async (exchange: Exchange): Promise<void> => {
  requireBearer(exchange)
  const { kind, ...detail } = await readJson<{ readonly kind: Noted }>(exchange)
  if (notedKinds.includes(kind)) exchange.world.events.add(kind, detail)
  sendJson(exchange, 200, {})
}

const runningIn = (exchange: Exchange, id: string): Generation | undefined => {
  const generation = exchange.world.generations.get(id)
  return generation === undefined || generation.ended ? undefined : generation
}

const titleOf = (text: string): string => {
  const words = text.replaceAll(/\s+/g, " ").trim().split(" ").slice(0, 6).join(" ")
  return words.slice(0, 60) || "New chat"
}

export const threadRoutes: RouteTable = [
  ["GET", /^\/backend-api\/conversations$/, history],
  ["GET", /^\/backend-api\/conversation\/([A-Za-z0-9:%-]+)$/, thread],
  ["POST", /^\/backend-api\/conversation$/, send],
  ["POST", /^\/backend-api\/conversation\/resume$/, resume],
  ["POST", /^\/backend-api\/conversation\/continue$/, proceed],
  ["POST", /^\/backend-api\/conversation\/retry$/, retry],
  ["POST", /^\/backend-api\/stop_conversation$/, stop],
  ["POST", /^\/ces\/v1\/t$/, noted]
]
