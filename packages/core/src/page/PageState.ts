/** The states of a page (PRODUCT, section 8), each with the evidence that decided. */
import * as Schema from "effect/Schema"

/** The states of PRODUCT, section 8. */
export const PageStateName = Schema.Literals([
  "authenticated_and_ready",
  "login_required",
  "challenge_blocking",
  "transient_outage_error",
  "rate_limited",
  "usage_limit_reached",
  "auth_transitioning",
  "unknown"
])
export type PageStateName = typeof PageStateName.Type

/** A state and the evidence that decided it. */
export const PageState = Schema.Struct({
  name: PageStateName,
  /** The facts that decided, for people: names of observed parts, never conversation text. */
  evidence: Schema.Array(Schema.String)
})
export type PageState = typeof PageState.Type
