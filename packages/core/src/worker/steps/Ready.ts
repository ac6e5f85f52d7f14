/** Steps 3 and 4: open the target and classify the page until it is authenticated and ready (PRODUCT, section 8). */
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { Blocked } from "../../domain/Job.ts"
import { type OracleError, oracleError } from "../../error/OracleError.ts"
import { classify } from "../../page/PageClassifier.ts"
import type { PageState, PageStateName } from "../../page/PageState.ts"
import type { ChatPage, Target } from "../../port/ChatBrowser.ts"
import { reach } from "../../port/CrashPoint.ts"
import type { JobRun } from "../JobRun.ts"
import { HeldUp } from "../Signals.ts"
import { limitOf, stepNames } from "../StepLimits.ts"

/** Equal readings in a row before a state that ends or holds the job is believed: pages pass through odd moments. */
const readings: Partial<Record<PageStateName, number>> = {
  login_required: 2,
  challenge_blocking: 5,
  rate_limited: 2,
  usage_limit_reached: 2
}

const reloadsAfterSend = 3

/** The failure that a state stands for; `unknown` and `auth_transitioning` name what was missing. */
export const errorOf = (state: PageState, siteLabel: string): OracleError => {
  const evidence = state.evidence.join(", ")
  const facts = { state: state.name, evidence: [...state.evidence] }
  switch (state.name) {
    case "login_required":
      return oracleError("login_required", `${siteLabel} asks to sign in (${evidence})`, { facts })
    case "challenge_blocking":
      return oracleError("challenge_blocking", `${siteLabel} asks for a check of the person (${evidence})`, { facts })
    case "transient_outage_error":
      return oracleError("outage", `${siteLabel} does not work at the moment (${evidence})`, { facts })
    case "rate_limited":
      return oracleError("rate_limited", `${siteLabel} takes no requests at the moment (${evidence})`, { facts })
    case "usage_limit_reached":
      return oracleError("usage_limit_reached", `the usage limit of ${siteLabel} is reached (${evidence})`, { facts })
    case "authenticated_and_ready":
    case "auth_transitioning":
    case "unknown":
      return oracleError("page_unknown", `the page of ${siteLabel} is not ready (${evidence})`, { facts })
  }
}

const blockOf: Partial<Record<PageStateName, Blocked["reason"]>> = {
  login_required: "login",
  challenge_blocking: "challenge",
  transient_outage_error: "outage",
  rate_limited: "rate_limit",
  usage_limit_reached: "rate_limit"
}

/** Rate limits hold a job up at any time; the other states only once the prompt is out, before that they end it. */
export const onBlocking = (state: PageState, siteLabel: string, sent: boolean): OracleError | HeldUp => {
  const error = errorOf(state, siteLabel)
  const reason = blockOf[state.name]
  return reason !== undefined && (sent || reason === "rate_limit") ? new HeldUp({ reason, error }) : error
}

/**
 * Loads the target and returns once the page is ready, with overlays closed. A page that is still being drawn is looked at
 * again soon, one that shows trouble no oftener than `pollMs`: its readings are counted.
 */
export const reachReady = Effect.fn("JobWorker.ready")(
  function*(run: Pick<JobRun, "config" | "site">, page: ChatPage, target: Target, sent: boolean) {
    const last = yield* Ref.make<PageState | null>(null)
    const lastLoad = yield* Ref.make<OracleError | null>(null)

    const load = (action: Effect.Effect<void, OracleError>) =>
      Effect.catchIf(action, (error) => error.code === "outage", (error) => Ref.set(lastLoad, error))

    const settle = Effect.gen(function*() {
      yield* reach("goto.before")
      yield* load(page.goto(target))
      yield* reach("goto.after")
      let equal = 0
      let reloads = 0
      while (true) {
        const failed = yield* Ref.getAndSet(lastLoad, null)
        const state = failed === null
          ? classify(yield* page.observe)
          : { name: "transient_outage_error" as const, evidence: [failed.message] }
        equal = (yield* Ref.getAndSet(last, state))?.name === state.name ? equal + 1 : 1
        if (state.name === "authenticated_and_ready") return yield* page.dismissOverlays
        if (state.name === "transient_outage_error") {
          if (sent && reloads >= reloadsAfterSend) return yield* Effect.fail(onBlocking(state, run.site.label, sent))
          yield* Effect.sleep(Math.min(30_000, 1000 * 2 ** reloads))
          reloads += 1
          yield* load(failed === null ? page.reload : page.goto(target))
          continue
        }
        const needed = readings[state.name]
        if (needed !== undefined && equal >= needed) {
          return yield* Effect.fail(onBlocking(state, run.site.label, sent))
        }
        yield* Effect.sleep(
          needed === undefined ? Math.min(run.config.worker.pollMs, 50 * 2 ** equal) : run.config.worker.pollMs
        )
      }
    })

    const limit = limitOf("ready", run.config)
    yield* Effect.timeoutOrElse(settle, {
      duration: limit,
      orElse: () =>
        Effect.flatMap(Ref.get(last), (state) =>
          Effect.fail(
            state === null
              ? oracleError("step_timeout", `${stepNames.ready} took longer than ${limit} ms`)
              : errorOf(state, run.site.label)
          ))
    })
    yield* reach("ready.after")
  }
)
