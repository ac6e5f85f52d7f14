/** Notices that a page or its browser is gone, whichever event says so first. */
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import type { Page } from "playwright-core"
import { lostError } from "./PageFailure.ts"

/** Fails as `browser_crashed` once the page closed, crashed, or lost its browser. */
export const watchLost = Effect.fnUntraced(function*(page: Page) {
  const lost = yield* Deferred.make<never, OracleError>()
  const fail = () => Deferred.doneUnsafe(lost, Effect.fail(lostError("the job")))
  const context = page.context()
  yield* Effect.acquireRelease(
    Effect.sync(() => {
      page.once("close", fail)
      page.once("crash", fail)
      context.once("close", fail)
      context.browser()?.once("disconnected", fail)
      if (page.isClosed()) fail()
    }),
    () =>
      Effect.sync(() => {
        page.off("close", fail)
        page.off("crash", fail)
        context.off("close", fail)
        context.browser()?.off("disconnected", fail)
      })
  )
  return { lost: Deferred.await(lost) }
})
