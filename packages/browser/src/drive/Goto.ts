/** Opens a new chat or a conversation, and checks that the page is the one that was asked for. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import type { Target } from "@effect-oracle/core/port/ChatBrowser"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { newChatUrl, parseThreadValue, temporaryUrl, threadAt, threadUrl } from "../site/ThreadAddress.ts"
import type { Driver } from "./Driver.ts"
import { observe } from "./Observe.ts"
import { act } from "./PageCall.ts"
import { kindOf } from "./PageFailure.ts"
import { newChat } from "./Place.ts"
import { until } from "./Until.ts"

/** A site that cannot be reached is a state of the page, not a failure of the step: the classifier names it. */
const unreachable = (error: OracleError): boolean => {
  const cause = error.cause
  return cause instanceof Error && /net::ERR_|NS_ERROR_|interrupted by another navigation/i.test(cause.message) &&
    kindOf(cause) !== "lost"
}

const navigate = Effect.fnUntraced(function*(driver: Driver, step: string, go: () => Promise<unknown>) {
  yield* act(step, null, driver.config.worker.readyTimeoutMs, go).pipe(
    Effect.catchTag("PageNavigated", () => Effect.void),
    Effect.catchIf(unreachable, () => Effect.void)
  )
})

const mismatch = (id: string, why: string) =>
  oracleError("conversation_mismatch", `conversation ${id}: ${why}`, { facts: { conversationId: id } })

interface Arrival {
  readonly url: string
  readonly turns: number
  /** The page is not a chat page of this site: whoever observes it next says what it is. */
  readonly elsewhere: boolean
  readonly notFound: boolean
}

const arrival = (driver: Driver): Effect.Effect<Arrival, OracleError> =>
  Effect.map(observe(driver), (page) => ({
    url: page.url,
    turns: page.turns,
    elsewhere: !page.ownOrigin || page.authUrl || page.challenge.elements.length > 0
      || (page.loginControls.length > 0 && !page.login.identified)
      || page.overlays.some((overlay) => overlay.kind === "dialog")
      || (!page.composer.present && page.httpStatus >= 400),
    notFound: page.plainTopics.includes("not_found") ||
      page.overlays.some(({ topics }) => topics.includes("not_found"))
  }))

/** Waits until the thread is hydrated: a reload shows an empty conversation at first. */
const arrive = Effect.fnUntraced(function*(driver: Driver, id: string) {
  const { value } = yield* until(
    arrival(driver),
    (page) => page.turns > 0 || page.elsewhere || page.notFound || page.url.startsWith("chrome-error:"),
    { limitMs: driver.site.limits.pageReadyMs, pollMs: 250 }
  )
  if (value.elsewhere || value.url.startsWith("chrome-error:")) return
  if (value.notFound) return yield* mismatch(id, "the site says that it cannot be loaded")
  const shown = threadAt(driver.site, value.url)
  if (shown?.conversationId !== id) return yield* mismatch(id, "the site shows another page for it")
  if (value.turns === 0) return yield* mismatch(id, "the site shows no turns of it")
})

export const goto = Effect.fn("ChatPage.goto")(function*(driver: Driver, target: Target) {
  const { page, site } = driver
  if (target._tag === "NewChat") {
    const temporary = target.temporary === true ? temporaryUrl(site) : null
    if (target.temporary === true && temporary === null) {
      return yield* oracleError("invalid_option", `${site.label} has no temporary chats`)
    }
    yield* Ref.set(driver.place, { ...newChat, temporary: temporary !== null })
    yield* navigate(
      driver,
      "goto",
      () =>
        page.goto(temporary ?? newChatUrl(site), {
          waitUntil: "domcontentloaded",
          timeout: driver.config.worker.readyTimeoutMs
        })
    )
    return
  }
  const thread = parseThreadValue(site, target.url)
  if (thread === null) {
    return yield* oracleError("conversation_mismatch", "the saved address is not a conversation of this site", {
      facts: { site: site.name }
    })
  }
  yield* Ref.set(driver.place, { ...newChat, conversationId: thread.conversationId })
  const url = URL.canParse(target.url) ? thread.url : threadUrl(site, thread.conversationId)
  yield* navigate(
    driver,
    "goto",
    () => page.goto(url, { waitUntil: "domcontentloaded", timeout: driver.config.worker.readyTimeoutMs })
  )
  yield* arrive(driver, thread.conversationId)
})

export const reload = Effect.fn("ChatPage.reload")(function*(driver: Driver) {
  const { page, site } = driver
  if (!/^https?:/.test(page.url())) {
    yield* navigate(driver, "reload", () => page.goto(newChatUrl(site), { waitUntil: "domcontentloaded" }))
    return
  }
  const thread = threadAt(site, page.url())
  yield* navigate(
    driver,
    "reload",
    () => page.reload({ waitUntil: "domcontentloaded", timeout: driver.config.worker.readyTimeoutMs })
  )
  if (thread !== null) yield* arrive(driver, thread.conversationId)
})
