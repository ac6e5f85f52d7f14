/** Decides from what a page shows whether its profile is signed in. Pure. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { classify } from "@effect-oracle/core/page/PageClassifier"
import type { PageObservation } from "@effect-oracle/core/page/PageObservation"

export type Proof =
  | { readonly _tag: "SignedIn"; readonly identity: string | null }
  /** Not signed in, or not to be known; `lasting` says that waiting has little sense. */
  | { readonly _tag: "NotYet"; readonly lasting: boolean; readonly error: OracleError }

const notYet = (lasting: boolean, error: OracleError): Proof => ({ _tag: "NotYet", lasting, error })

/**
 * Signed in means that the page is ready *and* that the back end, where the site has an end point to ask, knows the
 * visitor: an anonymous identity is never enough.
 */
export const proofOf = (observation: PageObservation, label: string): Proof => {
  const state = classify(observation)
  const { anonymous, asked, email, identified } = observation.login
  const why = state.evidence.join("; ")
  switch (state.name) {
    case "authenticated_and_ready":
      if (!asked || identified) return { _tag: "SignedIn", identity: email }
      return notYet(
        anonymous,
        oracleError("login_required", `${label} shows its page, but its back end does not know the visitor`)
      )
    case "login_required":
      return notYet(true, oracleError("login_required", `${label} asks to sign in (${why})`))
    case "challenge_blocking":
      return notYet(false, oracleError("challenge_blocking", `${label} asks for a check of the person (${why})`))
    case "rate_limited":
    case "usage_limit_reached":
      return notYet(true, oracleError("rate_limited", `${label} limits requests (${why})`))
    case "transient_outage_error":
      return notYet(false, oracleError("outage", `${label} does not work at the moment (${why})`))
    default:
      return notYet(false, oracleError("page_unknown", `${label} did not get ready (${why})`))
  }
}
