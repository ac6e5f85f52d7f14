/**
 * `oracle_auth` and `/oracle-auth`: is a site signed in, and the window in which the person signs in. The cookies of the
 * person's own browser are never touched from here.
 */
import { AuthBootstrap } from "@effect-oracle/browser/auth/AuthBootstrap"
import type { SignInStage } from "@effect-oracle/browser/auth/SignInRequest"
import { SiteName } from "@effect-oracle/core/domain/Ids"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { duration } from "@effect-oracle/core/text/Format"
import { sanitise, sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import { signInTarget, withoutJob } from "@effect-oracle/core/text/SignIn"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Auth } from "../tools/Parameters.ts"
import { succeeded } from "./Outcome.ts"
import { agreeToAutomation, type Asked } from "./Person.ts"
import * as Place from "./Place.ts"
import { accountOf, decode } from "./Requests.ts"

export interface SigningIn {
  readonly place: Place.Place
  readonly person: Asked
  readonly onProgress: (line: string) => void
}

export const authTool = Effect.fn("oracle_auth")(function*(context: SigningIn, given: unknown) {
  const wanted = yield* decode(Auth, given)
  const target = yield* targetOf(context.place, wanted.site, wanted.account)
  return wanted.action === "sign_in" ? yield* signIn(context, target) : yield* status(target)
})

/** `/oracle-auth [site] [account]` signs in; `/oracle-auth status [site] [account]` looks. */
export const authCommand = Effect.fn("/oracle-auth")(function*(context: SigningIn, text: string) {
  const words = text.split(/\s+/).filter((word) => word !== "")
  const looks = words[0] === "status"
  const [siteWord, account, ...rest] = looks ? words.slice(1) : words
  if (rest.length > 0) return yield* usage(`'${rest.join(" ")}' is too much`)
  const site = siteWord === undefined ? undefined : yield* siteOf(siteWord)
  const target = yield* targetOf(context.place, site, account)
  return looks ? yield* status(target) : yield* signIn(context, target)
})

const usage = (detail: string) =>
  oracleError("usage_error", detail, {
    step: `/oracle-auth [site] [account], or /oracle-auth status; sites: ${SiteName.literals.join(", ")}`
  })

const siteOf = (word: string) =>
  Schema.decodeUnknownEffect(SiteName)(word.toLowerCase()).pipe(
    Effect.mapError(() => usage(`'${sanitiseLine(word).slice(0, 40)}' is no site`))
  )

const targetOf = Effect.fnUntraced(
  function*(place: Place.Place, site: SiteName | undefined, account: string | undefined) {
    const { config } = yield* Place.config(place)
    return {
      site: site ?? config.defaults.site,
      account: account === undefined ? config.defaults.account : yield* accountOf(account),
      config
    }
  }
)

type Target = Effect.Success<ReturnType<typeof targetOf>>

const nameOf = ({ account, site }: Target) => account === "default" ? site : `${site} (account ${account})`

const status = Effect.fnUntraced(function*(target: Target) {
  const seeds = yield* SeedProfiles
  const seed = yield* seeds.check(target)
  const who = sanitiseLine(seed.identity ?? "an account without a name")
  const text = `signed in to ${nameOf(target)} as ${who} since ${DateTime.formatIso(seed.createdAt)}`
  return succeeded(text, { summary: text, ready: true })
})

const signIn = Effect.fnUntraced(function*({ onProgress, person }: SigningIn, target: Target) {
  if (person === null) {
    return yield* oracleError("consent_required", "a sign-in needs a person, and nobody can be asked in this mode", {
      step: `run 'oracle auth ${signInTarget(target)}' in pi's terminal`
    })
  }
  yield* agreeToAutomation(person, target.site)
  const bootstrap = yield* AuthBootstrap
  const seed = yield* bootstrap.byHand({
    ...target,
    onStage: (stage) => Effect.sync(() => onProgress(stageLine(target, stage)))
  }).pipe(Effect.mapError(withoutJob(target)))
  const text = `signed in to ${nameOf(target)} as ${sanitiseLine(seed.identity ?? "an account without a name")}`
  return succeeded(`${text}\nprofile: ${seed.directory}`, { summary: text, ready: true })
})

const stageLine = (target: Target, stage: SignInStage): string => {
  switch (stage._tag) {
    case "WindowOpen":
      return `a window with ${nameOf(target)} is open: sign in there and close it (within ${duration(stage.limitMs)})`
    case "Verifying":
      return "looking whether the profile is signed in"
    case "ChallengeOpen":
      return `a window is open: solve the site's check there (within ${duration(stage.limitMs)})`
    case "Remark":
      return sanitise(stage.text)
  }
}
