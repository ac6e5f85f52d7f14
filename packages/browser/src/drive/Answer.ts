/** Reads the answer of the anchored turn and hands it on as Markdown and plain text. */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import type { TurnAnchor } from "@effect-oracle/core/page/TurnProbe"
import type { ExtractedAnswer, FileCandidate } from "@effect-oracle/core/port/ChatBrowser"
import * as Effect from "effect/Effect"
import type { CandidateView } from "../page-script/protocol.ts"
import type { Driver } from "./Driver.ts"
import { anchorView } from "./Observe.ts"
import { act, element, read } from "./PageCall.ts"
import { timeoutError } from "./PageFailure.ts"

const step = "extract"

const failed = (detail: string, cause?: unknown) => oracleError("extraction_failed", detail, { facts: { step }, cause })

const candidate = ({ key, kind, label }: CandidateView): FileCandidate => ({ key, kind, label })

/** The converter is loaded with the first answer: it is the heaviest part of this package beside the browser. */
const converter = Effect.tryPromise({
  try: () => import("./markdown/Markdown.ts"),
  catch: (cause) => failed("the converter could not be loaded", cause)
})

export const extract = Effect.fn("ChatPage.extract")(function*(driver: Driver, anchor: TurnAnchor) {
  const view = yield* read(driver, step, "answer", [anchorView(anchor)], driver.config.worker.extractTimeoutMs)
  if (view === null) return yield* failed("the turn of this job is not in the page")
  const { convert } = yield* converter
  return yield* Effect.try({
    try: (): ExtractedAnswer => ({
      ...convert(view.html),
      alternative: view.alternativeHtml === null ? null : convert(view.alternativeHtml),
      files: view.files.map(candidate)
    }),
    catch: (cause) => failed("the answer could not be converted", cause)
  })
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
