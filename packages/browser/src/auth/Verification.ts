/** Proves on the site that a staged profile is signed in, with the person's help where the site asks for a check. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { ChatBrowser, type ChatPage } from "@effect-oracle/core/port/ChatBrowser"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { StagedSeed } from "../profile/StagedSeed.ts"
import type { SiteDefinition } from "../site/Site.ts"
import { proofOf } from "./SignInProof.ts"
import type { SignInRequest } from "./SignInRequest.ts"

/** How often in a row a page must show the same trouble before that is believed. */
const believed: Partial<Record<OracleError["code"], number>> = {
  login_required: 3,
  rate_limited: 3,
  challenge_blocking: 5
}

interface Patience {
  readonly limitMs: number
  /** A person sits at the window and solves the check. */
  readonly attended: boolean
}

const proven = Effect.fnUntraced(
  function*(page: ChatPage, config: OracleConfig, label: string, { attended, limitMs }: Patience) {
    const deadline = (yield* Clock.currentTimeMillis) + limitMs
    let last: OracleError["code"] | null = null
    for (let equal = 1;;) {
      const proof = proofOf(yield* page.observe, label)
      if (proof._tag === "SignedIn") return proof.identity
      const { code } = proof.error
      equal = code === last ? equal + 1 : 1
      last = code
      const wait = attended && code === "challenge_blocking"
      if (!wait && equal >= (believed[code] ?? Infinity)) return yield* proof.error
      if ((yield* Clock.currentTimeMillis) >= deadline) return yield* proof.error
      yield* Effect.sleep(config.auth.pollMs)
    }
  }
)

/** The same configuration with a window. */
export const headed = (config: OracleConfig): OracleConfig => ({
  ...config,
  browser: { ...config.browser, runMode: "headed" }
})

const closedByPerson = (site: SiteDefinition): OracleError =>
  oracleError("sign_in_cancelled", `the window was closed before the check of ${site.label} was solved`)

/** Where no window can be shown, the reason why is the next step. */
const unattended = (error: OracleError, cause: OracleError): OracleError =>
  oracleError("challenge_blocking", error.message, {
    step:
      `${cause.nextStep}; the check is solved in a window, so run 'oracle auth <site>' on a machine with a display and a ` +
      "full browser, and bring the result here with 'oracle auth export <site>' and --state-file"
  })

/**
 * The identity that the site's back end gives the profile; its cookies are kept beside it. A check of the person is
 * shown in a window, where a machine can show one, and waited for.
 */
export const verify = Effect.fnUntraced(function*(request: SignInRequest, staged: StagedSeed, site: SiteDefinition) {
  const browsers = yield* ChatBrowser
  const tell = request.onStage ?? (() => Effect.void)

  const look = (config: OracleConfig, patience: Patience) =>
    Effect.scoped(Effect.gen(function*() {
      const page = yield* browsers.open({ ...request, ...staged, config, onBrowser: () => Effect.void })
      yield* page.goto({ _tag: "NewChat" })
      const identity = yield* proven(page, config, site.label, patience)
      yield* page.saveCookies
      return identity
    }))

  const attend = Effect.fnUntraced(function*(error: OracleError) {
    const config = headed(request.config)
    const shown = yield* Effect.result(browsers.executable(config))
    if (shown._tag === "Failure") return yield* unattended(error, shown.failure)
    const limitMs = config.auth.bootstrapTimeoutMs
    yield* tell({ _tag: "ChallengeOpen", limitMs })
    return yield* Effect.catchIf(
      look(config, { limitMs, attended: true }),
      ({ code }) => code === "browser_crashed",
      () => Effect.fail(closedByPerson(site))
    )
  })

  yield* tell({ _tag: "Verifying" })
  return yield* Effect.catchIf(
    look(request.config, { limitMs: request.config.worker.readyTimeoutMs, attended: false }),
    ({ code }) => code === "challenge_blocking",
    attend
  )
})
