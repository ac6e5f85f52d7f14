/** A temporary chat is one by its address: nothing is filled in, attached or sent while the page is anywhere else. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { isTemporary } from "../site/ThreadAddress.ts"
import type { Driver } from "./Driver.ts"

/** False when a temporary chat was asked for and the page shows another one. */
export const staysTemporary = (driver: Driver): Effect.Effect<boolean> =>
  Effect.map(Ref.get(driver.temporary), (asked) => !asked || isTemporary(driver.site, driver.page.url()))

export const requireTemporary = Effect.fnUntraced(function*(driver: Driver): Effect.fn.Return<void, OracleError> {
  if (yield* staysTemporary(driver)) return
  return yield* oracleError("page_unknown", "the page is not the temporary chat that was asked for", {
    facts: { step: "temporary" }
  })
})
