/** The attachments of the draft: which came since an earlier look, and how one is taken off again. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import type { AttachmentView, ComposerView } from "../page-script/protocol.ts"
import type { Driver } from "./Driver.ts"
import { act, element, read } from "./PageCall.ts"
import type { PageNavigated } from "./PageFailure.ts"

const step = "attach"
const clickMs = 5000

/** A page that navigates while files are attached may have dropped them. */
export const settled = <A>(effect: Effect.Effect<A, OracleError | PageNavigated>): Effect.Effect<A, OracleError> =>
  Effect.catchTag(
    effect,
    "PageNavigated",
    () => Effect.fail(oracleError("upload_failed", "the page navigated while files were attached", { facts: { step } }))
  ) as Effect.Effect<A, OracleError>

const countsOf = (view: ComposerView): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { label } of view.attachments) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

/** Attachments that were not there before; labels are counted, because two files may look alike. */
export const freshIn = (before: ComposerView, now: ComposerView): ReadonlyArray<AttachmentView> => {
  const counts = countsOf(before)
  return now.attachments.filter(({ label }) => {
    const left = counts.get(label) ?? 0
    counts.set(label, left - 1)
    return left <= 0
  })
}

/** Takes one attachment off the draft; false when it has no control for it. */
export const remove = Effect.fnUntraced(function*(driver: Driver, attachment: AttachmentView) {
  const control = yield* element(driver, step, "removeControl", [attachment.key])
  if (control === null) return false
  yield* settled(act(step, "attachmentRemove", clickMs + 1000, () => control.click({ timeout: clickMs })))
  yield* Effect.sleep(100)
  return true
})

/**
 * Takes off what came since the earlier look, the last first; false when something of it stays. As many as before are
 * those of before: a page may come to call one by another name.
 */
export const removeFresh = Effect.fnUntraced(function*(driver: Driver, before: ComposerView) {
  for (let round = 0; round < 10; round += 1) {
    const now = yield* read(driver, step, "composer", [])
    const fresh = freshIn(before, now).at(-1)
    if (fresh === undefined || now.attachments.length <= before.attachments.length) return true
    if (!(yield* remove(driver, fresh))) return false
  }
  return false
})
