/**
 * Where the page is meant to be. Nothing is attached, filled in or sent while it is in another conversation than the one
 * that was opened, in a chat that stays instead of a temporary one, or somewhere that a stray click led to.
 */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { isTemporary, threadAt } from "../site/ThreadAddress.ts"
import type { Driver } from "./Driver.ts"
import { read } from "./PageCall.ts"

/** What was opened last; `path` is where the page stood when its draft was begun. */
export interface Place {
  readonly temporary: boolean
  /** Null for a new chat. */
  readonly conversationId: string | null
  readonly path: string | null
}

export const newChat: Place = { temporary: false, conversationId: null, path: null }

const pathOf = (url: string): string => URL.canParse(url) ? new URL(url).pathname + new URL(url).hash : url

/** Why the page is not where it is meant to be; null when it is. */
export const strayed = Effect.fnUntraced(function*(driver: Driver) {
  const { conversationId, path, temporary } = yield* Ref.get(driver.place)
  const url = driver.page.url()
  if (temporary && !isTemporary(driver.site, url)) return "the page is not the temporary chat that was asked for"
  const shown = threadAt(driver.site, url)?.conversationId ?? null
  if (conversationId !== null && shown !== conversationId) {
    return "the page is in another conversation than the one that was opened"
  }
  // Some sites give a new chat its address before anything is said in it.
  if (conversationId === null && shown !== null && path === null) {
    const { turns } = yield* read(driver, "place", "thread", [])
    if (turns > 0) return "the page is in a conversation instead of a new chat"
  }
  return path !== null && pathOf(url) !== path ? "the page went elsewhere while the draft was made" : null
})

/** Fails as `page_unknown` when the page has strayed; from the first call on it has to stay where it is. */
export const stay = Effect.fnUntraced(function*(driver: Driver) {
  const why = yield* strayed(driver)
  if (why !== null) return yield* oracleError("page_unknown", why, { facts: { step: "place" } })
  yield* Ref.update(driver.place, (place) => ({ ...place, path: place.path ?? pathOf(driver.page.url()) }))
})
