/** One observation of the page, decoded: what the page script says is data from outside. */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { PageObservation } from "@effect-oracle/core/page/PageObservation"
import { type TurnAnchor, TurnProbe } from "@effect-oracle/core/page/TurnProbe"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { AnchorView } from "../page-script/protocol.ts"
import type { Driver } from "./Driver.ts"
import { read } from "./PageCall.ts"
import { isPrompt } from "./PromptDigest.ts"
import { sessionHint } from "./Session.ts"

const decodeObservation = Schema.decodeUnknownEffect(PageObservation)
const decodeProbe = Schema.decodeUnknownEffect(TurnProbe)

const malformed = (step: string) => (cause: unknown) =>
  oracleError("page_unknown", `the page answered ${step} with something unreadable`, { facts: { step }, cause })

export const observe = Effect.fn("ChatPage.observe")(function*(driver: Driver) {
  const hint = yield* sessionHint(driver)
  const view = yield* read(driver, "observe", "observe", [hint])
  return yield* Effect.mapError(decodeObservation(view), malformed("observe"))
})

export const anchorView = (anchor: TurnAnchor): AnchorView => ({
  userTurnId: anchor.userTurnId,
  turnsBefore: anchor.turnsBefore,
  lastTurnIdBefore: anchor.lastTurnIdBefore
})

/**
 * The anchored turn. A long thread may keep only its newest turns in the page: where the turn before ours is gone, the
 * last words of the person are ours if they are the prompt.
 */
export const probeView = Effect.fnUntraced(function*(driver: Driver, step: string, anchor: TurnAnchor) {
  const view = yield* read(driver, step, "probeTurn", [anchorView(anchor)])
  if (view.userTurnFound || !view.turnBeforeGone) return view
  const { lastUserId, lastUserText } = yield* read(driver, step, "thread", [])
  if (lastUserId === null || lastUserText === null || !isPrompt(lastUserText, anchor.promptSha256)) return view
  return yield* read(driver, step, "probeTurn", [{ ...anchorView(anchor), userTurnId: lastUserId }])
})

export const probe = Effect.fn("ChatPage.probe")(function*(driver: Driver, anchor: TurnAnchor) {
  const view = yield* probeView(driver, "probe", anchor)
  const responseEnded = driver.network.responseEnded()
  const probed = responseEnded === undefined ? view : { ...view, responseEnded }
  return yield* Effect.mapError(decodeProbe(probed), malformed("probe"))
})
