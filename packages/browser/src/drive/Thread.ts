/** The conversation of the page, what the site holds before a send, and the search for a thread after a crash. */
import type { SendBaseline } from "@effect-oracle/core/domain/SendLedger"
import type { ThreadRef } from "@effect-oracle/core/port/ChatBrowser"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { threadAt, threadUrl } from "../site/ThreadAddress.ts"
import type { Driver } from "./Driver.ts"
import { goto } from "./Goto.ts"
import { read } from "./PageCall.ts"
import { isPrompt } from "./PromptDigest.ts"
import { sessionToken } from "./Session.ts"

const historySize = 30
/** The newest new conversations are looked at; where there are more, absence from them proves nothing. */
const maxCandidates = 10

/** The durable conversation of the page; null for a new chat and for an address that will still change. */
export const thread = (driver: Driver) =>
  Effect.map(read(driver, "thread", "thread", []), (view) => threadAt(driver.site, view.url)).pipe(
    Effect.withSpan("ChatPage.thread")
  )

export const baseline = Effect.fn("ChatPage.baseline")(function*(driver: Driver) {
  const history = yield* read(driver, "baseline", "history", [historySize, sessionToken(driver)])
  const view = yield* read(driver, "baseline", "thread", [])
  const taken: SendBaseline = {
    conversationIds: history.ids,
    historyRead: history.read,
    lastTurnId: view.lastTurnId,
    turnCount: view.turns
  }
  yield* Ref.set(driver.baseline, taken)
  return taken
})

/** First prompt of a conversation, from the back end, or else from its page. */
const opens = Effect.fnUntraced(function*(driver: Driver, id: string, promptSha256: string) {
  const prompts = yield* read(driver, "findThread", "prompts", [id, sessionToken(driver)])
  if (prompts !== null) return prompts.some((prompt) => isPrompt(prompt, promptSha256))
  const opened = yield* Effect.result(goto(driver, { _tag: "Conversation", url: threadUrl(driver.site, id) }))
  if (opened._tag === "Failure") {
    return opened.failure.code === "conversation_mismatch" ? false : yield* opened.failure
  }
  const view = yield* read(driver, "findThread", "thread", [])
  return view.firstUserText !== null && isPrompt(view.firstUserText, promptSha256)
})

/** Looks into the conversation that is open; on the page alone, turns that are not the prompt prove nothing. */
export const holdsPrompt = Effect.fn("ChatPage.holdsPrompt")(function*(driver: Driver, promptSha256: string) {
  const here = threadAt(driver.site, driver.page.url())
  const prompts = here === null
    ? null
    : yield* read(driver, "holdsPrompt", "prompts", [here.conversationId, sessionToken(driver)])
  if (prompts !== null) return prompts.some((prompt) => isPrompt(prompt, promptSha256))
  const { firstUserText } = yield* read(driver, "holdsPrompt", "thread", [])
  return firstUserText !== null && isPrompt(firstUserText, promptSha256) ? true : null
})

export const findThread = Effect.fn("ChatPage.findThread")(function*(
  driver: Driver,
  before: SendBaseline,
  promptSha256: string
) {
  const history = yield* read(driver, "findThread", "history", [historySize, sessionToken(driver)])
  const known = new Set(before.conversationIds)
  const here = threadAt(driver.site, driver.page.url())
  const ids = [...new Set([...history.ids, ...(here === null ? [] : [here.conversationId])])].filter((id) =>
    !known.has(id)
  )
  const threads: Array<ThreadRef> = []
  for (const id of ids.slice(0, maxCandidates)) {
    if (yield* opens(driver, id, promptSha256)) {
      threads.push({ url: threadUrl(driver.site, id), conversationId: id })
    }
  }
  return { threads, historyRead: history.read && ids.length <= maxCandidates }
})
