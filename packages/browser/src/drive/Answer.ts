/** Reads the answer of the anchored turn and hands it on as Markdown and plain text. */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import type { TurnAnchor } from "@effect-oracle/core/page/TurnProbe"
import type { ExtractedAnswer, FileCandidate } from "@effect-oracle/core/port/ChatBrowser"
import * as Effect from "effect/Effect"
import type { CandidateView } from "../page-script/protocol.ts"
import type { Driver } from "./Driver.ts"
import { convertAll } from "./markdown/Conversion.ts"
import { anchorView } from "./Observe.ts"
import { act, element, read } from "./PageCall.ts"
import { timeoutError } from "./PageFailure.ts"

const step = "extract"

const failed = (detail: string) => oracleError("extraction_failed", detail, { facts: { step } })

const candidate = ({ key, kind, label }: CandidateView): FileCandidate => ({ key, kind, label })

export const extract = Effect.fn("ChatPage.extract")(function*(driver: Driver, anchor: TurnAnchor) {
  const view = yield* read(driver, step, "answer", [anchorView(anchor)], driver.config.worker.extractTimeoutMs)
  if (view === null) return yield* failed("the turn of this job is not in the page")
  const { alternativeHtml, html } = view
  const [first, second] = yield* convertAll(alternativeHtml === null ? [html] : [html, alternativeHtml])
  if (first === undefined) return yield* failed("the answer was not converted")
  return { ...first, alternative: second ?? null, files: view.files.map(candidate) } satisfies ExtractedAnswer
})

export const continueGenerating = Effect.fn("ChatPage.continueGenerating")(
  function*(driver: Driver, anchor: TurnAnchor) {
    const control = yield* element(driver, "continueGenerating", "continueControl", [anchorView(anchor)])
    if (control === null) return yield* timeoutError("continueGenerating", "continueControl", 0)
    yield* Effect.catchTag(
      act("continueGenerating", "continueControl", 10_000, () => control.click({ timeout: 8000 })),
      "PageNavigated",
      () => Effect.void
    )
  }
)
