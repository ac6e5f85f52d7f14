// @effect-diagnostics nodeBuiltinImport:off
/** Opens a site with a clone of its seed and reports what of the definition is found there. Sends and presses nothing. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { AccountName, SiteName } from "@effect-oracle/core/domain/Ids"
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import { classify } from "@effect-oracle/core/page/PageClassifier"
import type { PageState } from "@effect-oracle/core/page/PageState"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { randomUUID } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { saveCookies } from "./drive/Cookies.ts"
import type { Driver } from "./drive/Driver.ts"
import { makeDriver } from "./drive/DriverPage.ts"
import { goto } from "./drive/Goto.ts"
import { observe } from "./drive/Observe.ts"
import { act, read } from "./drive/PageCall.ts"
import { until } from "./drive/Until.ts"
import { BrowserLauncher } from "./launch/Launch.ts"
import type { PartSurvey } from "./page-script/protocol.ts"
import { resolveSite } from "./site/Sites.ts"

export interface SurveyRequest {
  readonly site: SiteName
  readonly account: AccountName
  readonly config: OracleConfig
  /** Where the picture of the page goes. */
  readonly screenshot: string
}

export interface Survey {
  readonly label: string
  readonly url: string
  readonly state: PageState
  /** What lies over the page, in its own words. */
  readonly notices: ReadonlyArray<string>
  readonly parts: ReadonlyArray<PartSurvey>
  /** Null where no picture could be taken. */
  readonly screenshot: string | null
}

const readyMs = 30_000

export class SiteSurvey extends Context.Service<SiteSurvey, {
  /** Fails as a job would before its first step on the page: no seed, no browser, a bad override. */
  readonly run: (request: SurveyRequest) => Effect.Effect<Survey, OracleError>
}>()("@effect-oracle/browser/SiteSurvey") {
  static readonly layer = Layer.effect(
    SiteSurvey,
    Effect.gen(function*() {
      const launcher = yield* BrowserLauncher
      const seeds = yield* SeedProfiles
      const run = Effect.fn("SiteSurvey.run")(function*(request: SurveyRequest) {
        const { account, config, site: name } = request
        const site = yield* Effect.fromResult(resolveSite(name, config))
        const { profileDir, tempDir } = yield* seeds.clone({ site: name, account, config }, randomUUID())
        const launched = yield* launcher.launch({ profileDir, tempDir, config, onBrowser: () => Effect.void })
        const driver = yield* makeDriver({ ...launched, site, config })
        yield* goto(driver, { _tag: "NewChat" })
        return yield* look(driver, request.screenshot)
      }, Effect.scoped)
      return SiteSurvey.of({ run })
    })
  )
}

const passing = new Set<PageState["name"]>(["auth_transitioning", "unknown", "transient_outage_error"])

/** Waits until the page is ready, or stays what it is; its picker comes late. */
const look = Effect.fnUntraced(function*(driver: Driver, screenshot: string) {
  const end = (yield* Clock.currentTimeMillis) + Math.min(readyMs, driver.config.worker.readyTimeoutMs)
  const { value } = yield* until(observe(driver), (page) => !passing.has(classify(page).name), {
    limitMs: Math.max(0, end - (yield* Clock.currentTimeMillis)),
    pollMs: 400
  })
  const state = classify(value)
  const ready = state.name === "authenticated_and_ready"
  const parts = yield* until(
    read(driver, "survey", "survey", []),
    (found) => !ready || found.some(({ found, part }) => part === "modelTrigger" && found),
    { limitMs: driver.site.limits.pickerMountMs, pollMs: 300 }
  )
  const picture = yield* Effect.option(
    act("survey", null, 15_000, async () => {
      const image = await driver.page.screenshot({ timeout: 14_000 })
      await writeFile(screenshot, image, { mode: 0o600 })
    })
  )
  if (ready) yield* Effect.ignore(saveCookies(driver))
  return {
    label: driver.site.label,
    url: value.url,
    state,
    notices: value.overlays.map(({ text }) => text.slice(0, 200)),
    parts: parts.value,
    screenshot: picture._tag === "Some" ? screenshot : null
  } satisfies Survey
})
