/** Finds out about a send that nothing proved: from the site's history, or from the page loaded anew. */
import { classify } from "@effect-oracle/core/page/PageClassifier"
import type { TurnAnchor } from "@effect-oracle/core/page/TurnProbe"
import type { SendOutcome } from "@effect-oracle/core/port/ChatBrowser"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import { threadAt, threadUrl } from "../site/ThreadAddress.ts"
import type { Driver } from "./Driver.ts"
import { goto, reload } from "./Goto.ts"
import { inNewThread, inOpenThread } from "./KeptPrompt.ts"
import { observe, probeView } from "./Observe.ts"
import { read } from "./PageCall.ts"
import { type SendJudgement, showsNothingTaken } from "./SendDecision.ts"
import { sessionToken } from "./Session.ts"
import { until } from "./Until.ts"

const step = "send"

/** A send that nothing proved. */
export interface Doubted {
  readonly prompt: string | null
  /** Where the page was before the click, and the last prompt that it showed there. */
  readonly url: string
  readonly lastBefore: string | null
  /** Number of the last request before the click. */
  readonly request: number
}

/** Nothing that sends a prompt has left the page since the click. */
export const nothingLeft = (driver: Driver, { request }: Pick<Doubted, "request">): boolean =>
  driver.network.since(request).every(({ kind }) => kind !== "send")

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

/** After an answer that says nothing, or none. */
export const settleDoubt = Effect.fnUntraced(function*(
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
      userTurnId: null,
      ...(threadAt(driver.site, doubted.url) === null ? { searched: true as const } : {})
    } satisfies SendOutcome
  }
  const answered = doubt.httpStatus !== null
  const blind = seen._tag === "Unclear" || (seen._tag === "Silent" && gatewayStatus.has(doubt.httpStatus ?? 0))
  return answered && !blind
    ? { _tag: "Refused", evidence: doubt.evidence, httpStatus: doubt.httpStatus } satisfies SendOutcome
    : { _tag: "Unproven", evidence: doubt.evidence } satisfies SendOutcome
})

/** Nothing was taken; `evidence` says why. */
export const refused = (evidence: string): SendOutcome => ({ _tag: "Refused", evidence, httpStatus: null })

/**
 * Clicks that seem to have done nothing: the page is loaded anew, and only what it shows then refuses. A new chat shows
 * nothing then, whatever was taken, so that the history is asked too; whose conversation it names is for others to say.
 */
const settleSwallowed = Effect.fnUntraced(function*(
  driver: Driver,
  anchor: TurnAnchor,
  evidence: string,
  doubted: Doubted
) {
  const { prompt, url } = doubted
  const before = threadAt(driver.site, url)
  yield* reload(driver)
  const looking = Effect.gen(function*() {
    const composer = yield* read(driver, step, "composer", [])
    const turn = yield* probeView(driver, step, anchor)
    const there = threadAt(driver.site, turn.url)
    const { turns } = yield* read(driver, step, "thread", [])
    return {
      composerReady: composer.present && composer.enabled,
      draft: composer.text,
      userTurn: turn.userTurnFound,
      newThread: there !== null && there.conversationId !== before?.conversationId,
      turnBeforeGone: turn.turnBeforeGone || (anchor.lastTurnIdBefore === null && turns < anchor.turnsBefore),
      requestLeft: !nothingLeft(driver, doubted)
    }
  })
  const { value } = yield* until(looking, (page) => page.composerReady && (page.userTurn || !page.turnBeforeGone), {
    limitMs: driver.site.limits.pageReadyMs,
    pollMs: 150
  })
  const kept = before === null ? (yield* askHistory(driver, doubted))._tag : "Absent"
  return kept !== "Found" && kept !== "Unclear" && showsNothingTaken(value, prompt ?? "")
    ? refused(evidence)
    : { _tag: "Unproven", evidence: `${evidence}, which a reload does not prove` } satisfies SendOutcome
})

/** What the page says of a limit, in a dialog say, instead of taking the prompt. */
export const limitShown = Effect.fnUntraced(function*(driver: Driver) {
  const seen = yield* Effect.option(observe(driver))
  const state = Option.getOrNull(Option.map(seen, classify))
  return state?.name === "rate_limited" || state?.name === "usage_limit_reached" ? state.evidence.join(", ") : null
})

/** A prompt that was not taken while the page showed a limit, where one is given, was refused for now, as by status 429. */
export const settleUntaken = Effect.fnUntraced(function*(
  driver: Driver,
  anchor: TurnAnchor,
  evidence: string,
  doubted: Doubted,
  limit: string | null
) {
  const outcome = yield* settleSwallowed(driver, anchor, evidence, doubted)
  return limit === null || outcome._tag !== "Refused"
    ? outcome
    : { ...outcome, evidence: `${outcome.evidence}, while the page shows a limit (${limit})`, httpStatus: 429 }
})
