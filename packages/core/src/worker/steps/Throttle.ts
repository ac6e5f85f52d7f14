/** Holds a job up while the site's back-off for its account lasts. */
import * as Effect from "effect/Effect"
import { oracleError } from "../../error/OracleError.ts"
import type { JobRun } from "../JobRun.ts"
import { HeldUp } from "../Signals.ts"
import { SiteThrottle } from "../SiteThrottle.ts"

export const checkThrottle = Effect.fnUntraced(function*(run: JobRun) {
  const throttle = yield* SiteThrottle
  if ((yield* throttle.waitMs(yield* run.job)) === 0) return
  const error = oracleError("rate_limited", `${run.site.label} takes no prompts of this account at the moment`)
  return yield* new HeldUp({ reason: "rate_limit", error })
})
