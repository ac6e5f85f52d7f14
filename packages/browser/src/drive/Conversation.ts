/** Deletes the open conversation as a person does, through its menu, and proves that the site has it no more. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import type { ThreadRef } from "@effect-oracle/core/port/ChatBrowser"
import * as Effect from "effect/Effect"
import type { PartName } from "../page-script/protocol.ts"
import { threadAt } from "../site/ThreadAddress.ts"
import type { Driver } from "./Driver.ts"
import { goto } from "./Goto.ts"
import { act, element, read } from "./PageCall.ts"
import { sessionToken } from "./Session.ts"
import { until } from "./Until.ts"

const step = "deleteConversation"
const clickMs = 6000

const failed = (detail: string, cause?: unknown): OracleError =>
  oracleError("remote_delete_failed", detail, { facts: { step }, ...(cause === undefined ? {} : { cause }) })

/** Presses a part once it is there. */
const press = Effect.fnUntraced(function*(driver: Driver, part: PartName) {
  const { value } = yield* until(element(driver, step, "part", [part]), (found) => found !== null, {
    limitMs: 8000,
    pollMs: 150
  })
  if (value === null) return yield* failed(`the page offers no control for it (${part})`)
  yield* act(step, part, clickMs + 1000, () => value.click({ timeout: clickMs })).pipe(
    Effect.catchTag("PageNavigated", () => Effect.void),
    Effect.mapError((error) => error.code === "browser_crashed" ? error : failed(`${part} could not be pressed`, error))
  )
})

/** The back end's word; where it has none, a history without it and an address that shows something else. */
const isGone = Effect.fnUntraced(function*(driver: Driver, { conversationId, url }: ThreadRef) {
  const exists = yield* read(driver, step, "conversationExists", [conversationId, sessionToken(driver)])
  if (exists !== null) return !exists
  const history = yield* read(driver, step, "history", [100, sessionToken(driver)])
  if (!history.read || history.ids.includes(conversationId)) return false
  const opened = yield* Effect.result(goto(driver, { _tag: "Conversation", url }))
  return opened._tag === "Failure" && opened.failure.code === "conversation_mismatch"
})

export const deleteConversation = Effect.fn("ChatPage.deleteConversation")(
  function*(driver: Driver, thread: ThreadRef) {
    if (threadAt(driver.site, driver.page.url())?.conversationId !== thread.conversationId) {
      return yield* oracleError("conversation_mismatch", "another conversation is open than the one to delete")
    }
    yield* press(driver, "conversationMenu")
    yield* press(driver, "deleteItem")
    yield* press(driver, "deleteConfirm")
    const gone = yield* until(isGone(driver, thread), (yes) => yes, { limitMs: 15_000, pollMs: 500 })
    if (!gone.satisfied) return yield* failed(`the site does not say that ${thread.url} is gone`)
  }
)
