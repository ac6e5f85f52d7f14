/** The one click: trusted, at a stable point, then watched until something proves or refuses it. */
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import type { TurnAnchor } from "@effect-oracle/core/page/TurnProbe"
import type { SendOutcome, ThreadRef } from "@effect-oracle/core/port/ChatBrowser"
import { reach } from "@effect-oracle/core/port/CrashPoint"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"
import type { ElementHandle } from "playwright-core"
import { threadAt } from "../site/ThreadAddress.ts"
import type { Driver } from "./Driver.ts"
import { probeView } from "./Observe.ts"
import { dismissOverlays } from "./Overlays.ts"
import { act, element, read, unlessLost } from "./PageCall.ts"
import { newChat, strayed } from "./Place.ts"
import { judge } from "./SendDecision.ts"
import { type Doubted, limitShown, nothingLeft, refused, settleDoubt, settleUntaken } from "./SendDoubt.ts"
import { baseline } from "./Thread.ts"
import { until } from "./Until.ts"

const step = "send"

const Point = Schema.NullOr(Schema.Struct({ x: Schema.Finite, y: Schema.Finite }))
const decodePoint = Schema.decodeUnknownSync(Point)

/** The point where a click surely hits this element: it holds still and nothing lies over it. */
const pointOf = async (handle: ElementHandle): Promise<typeof Point.Type> => {
  await handle.scrollIntoViewIfNeeded({ timeout: 2000 })
  return decodePoint(await handle.evaluate((node) => globalThis.oraclePage?.call["stablePoint"]?.(node) ?? null))
}

/** After so many looks at a control that cannot be hit, what may lie over it is closed. */
const uncoverEvery = 4

/** True when the click was made; `may` is asked right before it. */
const click = Effect.fnUntraced(function*(driver: Driver, may: Effect.Effect<boolean, OracleError>) {
  yield* Effect.ignore(act(step, null, 3000, () => driver.page.bringToFront()))
  for (let round = 0; round < 25; round += 1) {
    const handle = yield* element(driver, step, "part", ["sendButton"])
    if (handle !== null) {
      const point = yield* unlessLost(act(step, "sendButton", 6000, () => pointOf(handle)), null)
      if (point !== null) {
        if (!(yield* may)) return false
        yield* reach("click.before")
        yield* Effect.catchTag(
          act(step, "sendButton", 6000, () => driver.page.mouse.click(point.x, point.y)),
          "PageNavigated",
          () => Effect.void
        )
        yield* reach("click.after")
        return true
      }
    }
    if (round > 0 && round % uncoverEvery === 0) yield* dismissOverlays(driver)
    yield* Effect.sleep(200)
  }
  return false
})

const readingOf = Effect.fnUntraced(function*(
  driver: Driver,
  anchor: TurnAnchor,
  before: Doubted & { readonly clickedAt: number; readonly clicks: number }
) {
  const { prompt } = before
  const composer = yield* read(driver, step, "composer", [])
  const turn = yield* probeView(driver, step, anchor)
  const thread = threadAt(driver.site, turn.url)
  return {
    thread,
    userTurnId: turn.userTurnFound ? turn.userTurnId : null,
    requests: driver.network.since(before.request).filter((request) => request.kind === "send"),
    draftStands: prompt !== null && composer.text === prompt,
    composerEmpty: composer.text === "",
    userTurn: turn.userTurnFound,
    answerTurn: turn.answerFound && (turn.chars > 0 || turn.files > 0 || turn.finishControls),
    generating: turn.generating,
    newThread: thread !== null && thread.conversationId !== threadAt(driver.site, before.url)?.conversationId,
    sinceClickMs: (yield* Clock.currentTimeMillis) - before.clickedAt,
    clicks: before.clicks
  }
})

/** A new thread gets its durable address some moments after the send; later is the caller's business. */
const lateThread = Effect.fnUntraced(
  function*(driver: Driver, anchor: TurnAnchor, known: ThreadRef | null, userTurnId: string | null) {
    const view = Effect.map(probeView(driver, step, anchor), (turn) => ({
      thread: threadAt(driver.site, turn.url),
      found: turn.userTurnFound,
      userTurnId: turn.userTurnFound ? turn.userTurnId : null
    }))
    if (known !== null && userTurnId !== null) return { thread: known, userTurnId }
    const { temporary: addressless } = yield* Ref.get(driver.place)
    const complete = (now: Effect.Success<typeof view>) => (now.thread !== null || addressless) && now.found
    const { value } = yield* until(view, complete, {
      limitMs: 3000,
      pollMs: 150
    })
    return { thread: value.thread ?? known, userTurnId: value.userTurnId ?? userTurnId }
  }
)

const ready = (driver: Driver) =>
  until(read(driver, step, "composer", []), (view) => view.sendPresent && view.sendEnabled && !view.uploading, {
    limitMs: Math.min(driver.site.limits.sendReadyMs, driver.config.worker.sendTimeoutMs * 0.35),
    pollMs: 150
  })

/** For so long after the click it is looked for its proof more often: most sites answer at once. */
const soonMs = 1000

/** Looking at a page takes time, in which an earlier click may have had its effect after all. */
const stillUntaken = (driver: Driver, doubted: Doubted) =>
  Effect.map(
    read(driver, step, "composer", []),
    ({ text }) => text === doubted.prompt && nothingLeft(driver, doubted)
  )

const sendOnce = Effect.fnUntraced(function*(driver: Driver, anchor: TurnAnchor) {
  const prompt = yield* Ref.get(driver.prompt)
  if ((yield* Ref.get(driver.baseline)) === null) yield* baseline(driver)
  const composer = yield* ready(driver)
  if (!composer.satisfied) {
    return refused(
      composer.value.uploading
        ? "the upload did not end, nothing was clicked"
        : "the send control (sendButton) stayed disabled, nothing was clicked"
    )
  }
  if (prompt !== null && composer.value.text !== prompt) {
    return refused("the composer changed between filling and sending, nothing was clicked")
  }
  const attached = yield* Ref.get(driver.attached)
  if (composer.value.attachments.length < attached.shown || composer.value.inputFiles.length < attached.inInputs) {
    return refused("an attachment is gone from the composer, nothing was clicked")
  }
  const astray = yield* strayed(driver)
  if (astray !== null) return refused(`${astray}, nothing was clicked`)
  driver.network.expectPrompt(prompt)
  const url = driver.page.url()
  const lastBefore = threadAt(driver.site, url) === null
    ? null
    : (yield* read(driver, step, "thread", [])).lastUserText
  const doubted = { prompt, url, lastBefore, request: driver.network.last() }
  if (!(yield* click(driver, Effect.succeed(true)))) {
    return refused("the send control (sendButton) is covered or moves, nothing was clicked")
  }
  const times = {
    swallowedClickMs: driver.site.limits.swallowedClickMs,
    sendProofMs: Math.min(driver.site.limits.sendProofMs, driver.config.worker.sendTimeoutMs * 0.5)
  }
  let clickedAt = yield* Clock.currentTimeMillis
  let clicks = 1
  for (;;) {
    const reading = yield* readingOf(driver, anchor, { ...doubted, clickedAt, clicks })
    const judgement = judge(reading, times)
    switch (judgement._tag) {
      case "Proof": {
        const found = yield* lateThread(driver, anchor, reading.thread, reading.userTurnId)
        return { _tag: "Confirmed", evidence: judgement.evidence, ...found } satisfies SendOutcome
      }
      case "Refused":
        return judgement.httpStatus === null
          ? yield* settleUntaken(driver, anchor, judgement.evidence, doubted, yield* limitShown(driver))
          : judgement satisfies SendOutcome
      case "Doubt":
        return yield* settleDoubt(driver, judgement, doubted)
      case "ClickAgain": {
        const limit = yield* limitShown(driver)
        if (limit !== null) {
          const evidence = "the full draft still stands and no request left"
          return yield* settleUntaken(driver, anchor, evidence, doubted, limit)
        }
        yield* click(driver, stillUntaken(driver, doubted))
        clicks += 1
        clickedAt = yield* Clock.currentTimeMillis
        break
      }
      case "Wait":
        yield* Effect.sleep(reading.sinceClickMs < soonMs ? 50 : 150)
    }
  }
})

/** A prompt that was taken leaves the page in its conversation, from which the next one goes out. */
export const send = Effect.fn("ChatPage.send")(function*(driver: Driver, anchor: TurnAnchor) {
  const outcome = yield* sendOnce(driver, anchor)
  if (outcome._tag === "Confirmed" && outcome.thread !== null) {
    yield* Ref.set(driver.place, { ...newChat, conversationId: outcome.thread.conversationId })
  }
  return outcome
})
