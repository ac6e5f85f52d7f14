/**
 * The first use of a site says that the person's own account is automated, and asks. The answer is kept in the state
 * directory, per site. Where nobody can be asked the words are printed once and the command goes on: the account was
 * given on purpose, with `oracle auth`, and a script must not hang.
 */
import type { SiteName } from "@effect-oracle/core/domain/Ids"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { consentGiven, consentWords, keepConsent } from "@effect-oracle/core/submit/Consent"
import * as Effect from "effect/Effect"
import { Screen } from "../render/Screen.ts"
import { confirm } from "./Ask.ts"

export interface ConsentOptions {
  readonly site: SiteName
  /** `--accept-automation` */
  readonly accepted: boolean
}

/** Fails as `submission_declined` when the person says no. */
export const requireConsent = Effect.fn("Consent.requireConsent")(function*({ accepted, site }: ConsentOptions) {
  if (yield* consentGiven(site)) return
  const screen = yield* Screen
  if (!accepted) {
    yield* screen.alert(consentWords(site))
    if (screen.interactive && !(yield* confirm(`Use your ${site} account this way?`))) {
      return yield* oracleError("submission_declined", "nothing was sent, because you said no", {
        step: "run the command again when you agree"
      })
    }
    if (!screen.interactive) yield* screen.note("This is said once; --accept-automation keeps it quiet.")
  }
  yield* keepConsent(site)
})
