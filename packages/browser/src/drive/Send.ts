/** The one click: trusted, at a stable point, then watched until something proves or refuses it. */
import { classify } from "@effect-oracle/core/page/PageClassifier"
import type { TurnAnchor } from "@effect-oracle/core/page/TurnProbe"
import type { SendOutcome, ThreadRef } from "@effect-oracle/core/port/ChatBrowser"
import { reach } from "@effect-oracle/core/port/CrashPoint"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"
import type { ElementHandle } from "playwright-core"
import { threadAt, threadUrl } from "../site/ThreadAddress.ts"
import type { Driver } from "./Driver.ts"
import { goto, reload } from "./Goto.ts"
import { inNewThread, inOpenThread } from "./KeptPrompt.ts"
import { observe, probeView } from "./Observe.ts"
import { dismissOverlays } from "./Overlays.ts"
import { act, element, read, unlessLost } from "./PageCall.ts"
import { newChat, strayed } from "./Place.ts"
import { judge, type SendJudgement, showsNothingTaken } from "./SendDecision.ts"
import { sessionToken } from "./Session.ts"
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

/** True when the click was made. */
const click = Effect.fnUntraced(function*(driver: Driver) {
  yield* Effect.ignore(act(step, null, 3000, () => driver.page.bringToFront()))
  for (let round = 0; round < 25; round += 1) {
    const handle = yield* element(driver, step, "part", ["sendButton"])
    if (handle !== null) {
      const point = yield* unlessLost(act(step, "sendButton", 6000, () => pointOf(handle)), null)
      if (point !== null) {
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
  prompt: string | null,
  before: { readonly url: string; readonly request: number; readonly clickedAt: number; readonly clicks: number }
) {
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

/** A send that nothing proved. */
interface Doubted {
  readonly prompt: string | null
  /** Where the page was before the click, and the last prompt that it showed there. */
  readonly url: string
  readonly lastBefore: string | null
}

/** After an error that says nothing, the site's history may know whether the prompt arrived. */
const askHistory = Effect.fnUntraced(function*(driver: Driver, { lastBefore, prompt, url }: Doubted) {
  const before = yield* Ref.get(driver.baseline)
  const open = threadAt(driver.site, url)
  if (prompt === null) return { _tag: "Silent" } as const
  if (open !== null) {
    const prompts = yield* read(driver, step, "prompts", [open.conversationId, sessionToken(driver)])
    if (prompts === null) return { _tag: "Silent" } as const
    return { _tag: inOpenThread(prompts, prompt, lastBefore), thread: open } as const
  }
  if ((yield* Ref.get(driver.place)).temporary) return { _tag: "Silent" } as const
  const known = new Set(before?.conversationIds)
  const history = yield* read(driver, step, "history", [30, sessionToken(driver)])
  if (!history.read || before === null || !before.historyRead) return { _tag: "Silent" } as const
  for (const id of history.ids.filter((candidate) => !known.has(candidate))) {
    const prompts = yield* read(driver, step, "prompts", [id, sessionToken(driver)])
    if (prompts === null) return { _tag: "Unclear" } as const
    if (inNewThread(prompts, prompt) === "Found") {
      return { _tag: "Found", thread: { url: threadUrl(driver.site, id), conversationId: id } } as const
    }
  }
  return { _tag: "Absent" } as const
})

/** A gateway that gave up says nothing about what stands behind it. */
const gatewayStatus = new Set([502, 504, 522, 524])

const settleDoubt = Effect.fnUntraced(function*(
  driver: Driver,
  doubt: Extract<SendJudgement, { readonly _tag: "Doubt" }>,
  doubted: Doubted
) {
  const { value: seen } = yield* until(askHistory(driver, doubted), (answer) => answer._tag === "Found", {
    limitMs: doubt.httpStatus === null ? 6000 : 3000,
    pollMs: 1000
  })
  if (seen._tag === "Found") {
    yield* Effect.ignore(goto(driver, { _tag: "Conversation", url: seen.thread.url }))
    return {
      _tag: "Confirmed",
      evidence: "the site's history holds the prompt",
      thread: seen.thread,
      userTurnId: null
    } satisfies SendOutcome
  }
  const answered = doubt.httpStatus !== null
  const blind = seen._tag === "Unclear" || (seen._tag === "Silent" && gatewayStatus.has(doubt.httpStatus ?? 0))
  return answered && !blind
    ? { _tag: "Refused", evidence: doubt.evidence, httpStatus: doubt.httpStatus } satisfies SendOutcome
    : { _tag: "Unproven", evidence: doubt.evidence } satisfies SendOutcome
})

const refused = (evidence: string): SendOutcome => ({ _tag: "Refused", evidence, httpStatus: null })

/** Clicks that seem to have done nothing: the page is loaded anew, and only what it shows then refuses. */
const settleSwallowed = Effect.fnUntraced(function*(
  driver: Driver,
  anchor: TurnAnchor,
  evidence: string,
  { prompt, url }: Doubted
) {
  yield* reload(driver)
  const looking = Effect.gen(function*() {
    const composer = yield* read(driver, step, "composer", [])
    const turn = yield* probeView(driver, step, anchor)
    const there = threadAt(driver.site, turn.url)
    return {
      composerReady: composer.present && composer.enabled,
      draft: composer.text,
      userTurn: turn.userTurnFound,
      newThread: there !== null && there.conversationId !== threadAt(driver.site, url)?.conversationId
    }
  })
  const { value } = yield* until(looking, ({ composerReady }) => composerReady, {
    limitMs: driver.site.limits.pageReadyMs,
    pollMs: 150
  })
  return showsNothingTaken(value, prompt ?? "")
    ? refused(evidence)
    : { _tag: "Unproven", evidence: `${evidence}, but the page shows otherwise after a reload` } satisfies SendOutcome
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

/** What the page says of a limit, in a dialog say, instead of taking the prompt. */
const limitShown = Effect.fnUntraced(function*(driver: Driver) {
  const seen = yield* Effect.option(observe(driver))
  const state = Option.getOrNull(Option.map(seen, classify))
  return state?.name === "rate_limited" || state?.name === "usage_limit_reached" ? state.evidence.join(", ") : null
})

/** A prompt that was not taken while the page showed a limit was refused for now, as by status 429. */
const settleUntaken = Effect.fnUntraced(function*(
  driver: Driver,
  anchor: TurnAnchor,
  evidence: string,
  before: Parameters<typeof settleSwallowed>[3]
) {
  const limit = yield* limitShown(driver)
  const outcome = yield* settleSwallowed(driver, anchor, evidence, before)
  return limit === null || outcome._tag !== "Refused"
    ? outcome
    : { ...outcome, evidence: `${outcome.evidence}, while the page shows a limit (${limit})`, httpStatus: 429 }
})

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
  const request = driver.network.last()
  if (!(yield* click(driver))) return refused("the send control (sendButton) is covered or moves, nothing was clicked")
  const times = {
    swallowedClickMs: driver.site.limits.swallowedClickMs,
    sendProofMs: Math.min(driver.site.limits.sendProofMs, driver.config.worker.sendTimeoutMs * 0.5)
  }
  let clickedAt = yield* Clock.currentTimeMillis
  let clicks = 1
  for (;;) {
    const reading = yield* readingOf(driver, anchor, prompt, { url, request, clickedAt, clicks })
    const judgement = judge(reading, times)
    switch (judgement._tag) {
      case "Proof": {
        const found = yield* lateThread(driver, anchor, reading.thread, reading.userTurnId)
        return { _tag: "Confirmed", evidence: judgement.evidence, ...found } satisfies SendOutcome
      }
      case "Refused":
        return judgement.httpStatus === null
          ? yield* settleUntaken(driver, anchor, judgement.evidence, { prompt, url, lastBefore })
          : judgement satisfies SendOutcome
      case "Doubt":
        return yield* settleDoubt(driver, judgement, { prompt, url, lastBefore })
      case "ClickAgain":
        if ((yield* limitShown(driver)) !== null) {
          const evidence = "the full draft still stands and no request left"
          return yield* settleUntaken(driver, anchor, evidence, { prompt, url, lastBefore })
        }
        yield* click(driver)
        clicks += 1
        clickedAt = yield* Clock.currentTimeMillis
        break
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
