/** The drift report of `oracle doctor --site`: what of a site's definition its page has, line by line. */
import { SiteSurvey, type Survey } from "@effect-oracle/browser/SiteSurvey"
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { AccountName, SiteName } from "@effect-oracle/core/domain/Ids"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { signInTarget, withoutJob } from "@effect-oracle/core/text/SignIn"
import * as Effect from "effect/Effect"
import * as Path from "effect/Path"
import { layer } from "../graph/Survey.ts"
import { broken, type Finding, ok, warn } from "./Finding.ts"

type Part = Survey["parts"][number]

/** Without these no job can run. */
const required: ReadonlySet<string> = new Set(["composerInput", "fileInput"])
/** A signed-in page is expected to have these; a job gets by without them. */
const expected: ReadonlySet<string> = new Set([
  "composerRoot",
  "attachButton",
  "sidebar",
  "historyLink",
  "accountControl",
  "modelTrigger"
])
/** What nobody misses. */
const troubles: ReadonlySet<string> = new Set(["challenge", "loginControl", "dialog", "banner"])

export interface SiteReport {
  readonly findings: ReadonlyArray<Finding>
  /** Null where the page was not reached. */
  readonly survey: Survey | null
}

interface Seed {
  readonly site: SiteName
  readonly account: AccountName
}

interface Request extends Seed {
  readonly config: OracleConfig
}

/** Opens the site with a clone of its seed; sends nothing, presses nothing. */
export const examineSite = Effect.fn("doctor.examineSite")(
  function*({ account, config, site }: Request) {
    const surveys = yield* SiteSurvey
    const path = yield* Path.Path
    const { state } = yield* StateDirs
    return yield* surveys.run({ site, account, config, screenshot: path.join(state, `doctor-${site}.png`) }).pipe(
      Effect.map((survey): SiteReport => ({ survey, findings: findingsOf({ site, account }, survey) })),
      Effect.mapError(withoutJob({ site, account })),
      Effect.catch((error) => Effect.succeed<SiteReport>({ survey: null, findings: [broken(`site ${site}`, error)] }))
    )
  },
  Effect.provide(layer),
  Effect.catch((error) => Effect.succeed<SiteReport>({ survey: null, findings: [broken("state", error)] }))
)

export const findingsOf = (seed: Seed, survey: Survey): ReadonlyArray<Finding> => {
  const { site } = seed
  const ready = survey.state.name === "authenticated_and_ready"
  const looked = survey.parts.filter(({ found, part }) => found || required.has(part) || expected.has(part))
  const later = survey.parts.filter((part) => !looked.includes(part) && !troubles.has(part.part))
  return [
    pageLine(seed, survey),
    ...survey.notices.map((text) => warn("notice", text)),
    ...looked.map((part) => lineOf(site, part, ready)),
    ok("not on this page", `expected in a conversation or a menu only: ${later.map(({ part }) => part).join(", ")}`),
    survey.screenshot === null ? warn("screenshot", "could not be taken") : ok("screenshot", survey.screenshot)
  ]
}

const pageLine = (seed: Seed, { label, state, url }: Survey): Finding => {
  const message = `${label} at ${withoutQuery(url)}: ${state.name.replaceAll("_", " ")} (${state.evidence.join("; ")})`
  switch (state.name) {
    case "authenticated_and_ready":
      return ok("page", message)
    case "rate_limited":
    case "usage_limit_reached":
      return warn("page", message, "wait; jobs of this account wait by themselves")
    case "transient_outage_error":
      return { name: "page", level: "fail", message, nextStep: "try again later; the site has trouble of its own" }
    case "login_required":
    case "auth_transitioning":
    case "challenge_blocking":
      return { name: "page", level: "fail", message, nextStep: `run 'oracle auth ${signInTarget(seed)}'` }
    case "unknown":
      return { name: "page", level: "fail", message, nextStep: overrideStep(seed.site, "selectors.composerInput") }
  }
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/, "")

const overrideStep = (site: SiteName, key: string): string =>
  `look at the screenshot, and put what the page has now into sites.${site}.overrides.${key} of the global configuration`

const lineOf = (site: SiteName, part: Part, ready: boolean): Finding => {
  const { alternative, alternatives, count, found, name, selector } = part
  const key = `selectors.${part.part}`
  if (!found) {
    const nextStep = overrideStep(site, key)
    const message = `missing: none of ${alternatives} alternatives matches`
    if (!ready) return warn(part.part, message)
    return required.has(part.part)
      ? { name: part.part, level: "fail", message, nextStep }
      : warn(part.part, message, nextStep)
  }
  const called = name === "" ? "" : ` "${name}"`
  if (alternative === null) {
    return warn(part.part, `drifted:${called} is found by its words or its place only`, overrideStep(site, key))
  }
  const more = count > 1 ? `, ${count} of them` : ""
  return ok(part.part, `alternative ${alternative} of ${alternatives}: ${selector}${called}${more}`)
}
