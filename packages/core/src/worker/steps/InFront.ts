/** Tells a step that failed before the send by what stands in front of the page: a rate limit is no failed upload. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { OracleError } from "../../error/OracleError.ts"
import { classify } from "../../page/PageClassifier.ts"
import type { PageStateName } from "../../page/PageState.ts"
import type { ChatPage } from "../../port/ChatBrowser.ts"
import type { JobRun } from "../JobRun.ts"
import type { StepError } from "../Signals.ts"
import { onBlocking } from "./Ready.ts"

/** Failures that a page in trouble causes; others have a cause of their own. */
const caused: ReadonlySet<OracleError["code"]> = new Set([
  "model_unavailable",
  "model_unverified",
  "upload_failed",
  "prompt_not_faithful",
  "step_timeout"
])

const blocking: ReadonlySet<PageStateName> = new Set([
  "login_required",
  "challenge_blocking",
  "transient_outage_error",
  "rate_limited",
  "usage_limit_reached"
])

/** What blocks the page, read twice; null when nothing does or the page cannot be read. */
const inFront = Effect.fnUntraced(function*(run: JobRun, page: ChatPage) {
  const first = classify(yield* page.observe)
  if (!blocking.has(first.name)) return null
  yield* Effect.sleep(run.config.worker.pollMs)
  const second = classify(yield* page.observe)
  return second.name === first.name ? onBlocking(second, run.site.label, false) : null
})

export const toldByThePage = (run: JobRun, page: ChatPage) => <A, R>(step: Effect.Effect<A, StepError, R>) =>
  Effect.catchTag(step, "OracleError", (error) =>
    Effect.gen(function*() {
      const found = caused.has(error.code) ? yield* Effect.result(inFront(run, page)) : null
      const cause = found !== null && Result.isSuccess(found) ? found.success : null
      return yield* (cause ?? error)
    }))
