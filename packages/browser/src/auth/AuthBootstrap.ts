/** The three ways into a seed: by hand in a window, from a local browser, from a state file (PRODUCT, section 10). */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import type { ChatBrowser } from "@effect-oracle/core/port/ChatBrowser"
import type { Processes } from "@effect-oracle/core/port/Processes"
import type { SeedStatus } from "@effect-oracle/core/port/SeedProfiles"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { signInTarget } from "@effect-oracle/core/text/SignIn"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BrowserLauncher, type LaunchedBrowser } from "../launch/Launch.ts"
import { BrowserLocator } from "../locate/BrowserLocator.ts"
import { Surroundings } from "../locate/Surroundings.ts"
import * as JarFile from "../profile/JarFile.ts"
import { readCookies } from "../profile/RuntimeCookies.ts"
import { seedPaths } from "../profile/SeedPaths.ts"
import { sessionExpiryOf } from "../profile/SessionExpiry.ts"
import { type StagedSeed, stagedSeed } from "../profile/StagedSeed.ts"
import type { SiteDefinition } from "../site/Site.ts"
import { resolveSite } from "../site/Sites.ts"
import { profileName, readBrowserCookies } from "./CookieImport.ts"
import { installState } from "./InstallState.ts"
import { masked } from "./MaskedIdentity.ts"
import type { ImportRequest, SignInRequest, StateFileRequest } from "./SignInRequest.ts"
import { signInWindow } from "./SignInWindow.ts"
import { readStateFile } from "./StateFile.ts"
import { type CookieSource, type UsableState, usableState } from "./UsableState.ts"
import { headed, verify } from "./Verification.ts"

/** The ways into a seed; each stages, verifies, then swaps. */
export class AuthBootstrap extends Context.Service<AuthBootstrap, {
  /**
   * Opens the site in a plain browser window, waits until the person has signed in and closed it, and proves the result
   * in a browser of its own. Fails as `display_missing` or `browser_missing` where no window can be shown,
   * `sign_in_cancelled`, `sign_in_timeout`, or as `fromStateFile`.
   */
  readonly byHand: (request: SignInRequest) => Effect.Effect<SeedStatus, OracleError>
  /** Whether a sign-in window could be shown here; fails as `display_missing` or `browser_missing`, and opens nothing. */
  readonly windowPossible: (request: SignInRequest) => Effect.Effect<void, OracleError>
  /** Takes the site's cookies out of a local browser's profile, which is only read; the caller has asked the person. */
  readonly fromBrowser: (request: ImportRequest) => Effect.Effect<SeedStatus, OracleError>
  /**
   * Builds a profile from the file, proves on the site that it is signed in, and makes it the seed; the old one is kept
   * as `.prev`. Fails without touching the seed in use as `state_file_invalid`, `login_required`, `challenge_blocking`,
   * `seed_busy`, `profile_unsafe` or as starting the browser does.
   */
  readonly fromStateFile: (request: StateFileRequest) => Effect.Effect<SeedStatus, OracleError>
}>()("@effect-oracle/browser/auth/AuthBootstrap") {
  static readonly layerNoDeps = Layer.effect(
    AuthBootstrap,
    Effect.gen(function*() {
      const launcher = yield* BrowserLauncher
      const locator = yield* BrowserLocator
      const dirs = yield* StateDirs
      const machine = yield* Surroundings
      const context = yield* Effect.context<ChatBrowser | Processes>()

      const staged = (request: SignInRequest) =>
        stagedSeed(request, seedPaths(dirs.seeds(request.config), request.site, request.account), machine)

      /** Runs `work` on the staged profile and keeps what of its cookies belongs to the site. */
      const settle = Effect.fnUntraced(function*<E>(
        { config }: SignInRequest,
        { profileDir, tempDir }: StagedSeed,
        site: SiteDefinition,
        work: (browser: LaunchedBrowser) => Effect.Effect<void, E>
      ) {
        const browser = yield* launcher.launch({ profileDir, tempDir, config, onBrowser: () => Effect.void })
        yield* work(browser)
        yield* JarFile.removeForeign(browser.context, site)
        yield* JarFile.observe(browser.context, profileDir, site)
        return browser.located.kind
      }, Effect.scoped)

      /** Proves the staged profile and puts it in use. */
      const finish = Effect.fnUntraced(function*(
        request: SignInRequest,
        seed: StagedSeed,
        site: SiteDefinition,
        browser: "full" | "headless_shell"
      ) {
        const identity = yield* verify(request, seed, site)
        const cookies = yield* Effect.sync(() => readCookies(seed.directory))
        return yield* seed.commit({
          createdAt: yield* DateTime.now,
          identity: masked(identity),
          fingerprint: cookies?.identity ?? null,
          sessionExpiresAt: sessionExpiryOf(site, cookies?.jar ?? []),
          baseUrl: site.baseUrl,
          browser
        })
      })

      const fromCookies = Effect.fnUntraced(
        function*(request: SignInRequest, site: SiteDefinition, source: CookieSource, state: UsableState) {
          const seed = yield* staged(request)
          const browser = yield* settle(request, seed, site, (browser) => installState(browser, state, source))
          return yield* Effect.mapError(finish(request, seed, site, browser), explained(source, state, site))
        },
        Effect.scoped
      )

      const now = Effect.map(Clock.currentTimeMillis, (millis) => millis / 1000)

      const fromStateFile = Effect.fn("AuthBootstrap.fromStateFile")(function*(request: StateFileRequest) {
        const site = yield* Effect.fromResult(resolveSite(request.site, request.config))
        const source: CookieSource = {
          name: request.file,
          code: "state_file_invalid",
          step: `sign in to ${site.baseUrl}, export the storage state again and pass it with --state-file`
        }
        const read = yield* readStateFile(request.file)
        const state = yield* Effect.fromResult(usableState(site, source, read, yield* now))
        return yield* fromCookies(request, site, source, state)
      })

      const fromBrowser = Effect.fn("AuthBootstrap.fromBrowser")(function*(request: ImportRequest) {
        const site = yield* Effect.fromResult(resolveSite(request.site, request.config))
        const source: CookieSource = {
          name: profileName(request),
          code: "cookie_import_failed",
          step:
            `sign in to ${site.baseUrl} with that browser and try again, or sign in by hand with 'oracle auth <site>'`
        }
        const { cookies, warnings } = yield* readBrowserCookies(request, site, request.config)
        for (const text of warnings) yield* request.onStage?.({ _tag: "Remark", text }) ?? Effect.void
        const state = yield* Effect.fromResult(usableState(site, source, { cookies, origins: [] }, yield* now))
        return yield* fromCookies(request, site, source, state)
      })

      const byHand = Effect.fn("AuthBootstrap.byHand")(function*(request: SignInRequest) {
        const { config } = request
        const site = yield* Effect.fromResult(resolveSite(request.site, config))
        const located = yield* Effect.mapError(locator.prepare(headed(config)), noWindow(request))
        const seed = yield* staged(request)
        const limitMs = config.auth.bootstrapTimeoutMs
        yield* request.onStage?.({ _tag: "WindowOpen", address: site.baseUrl, limitMs }) ?? Effect.void
        yield* signInWindow({ ...seed, located, machine, config, address: site.baseUrl })
        const browser = yield* settle(request, seed, site, () => Effect.void)
        return yield* Effect.mapError(finish(request, seed, site, browser), closedEarly(site))
      }, Effect.scoped)

      const provided = <A, E>(effect: Effect.Effect<A, E, ChatBrowser | Processes>) => Effect.provide(effect, context)
      return AuthBootstrap.of({
        byHand: (request) => provided(byHand(request)),
        windowPossible: (request) =>
          Effect.asVoid(Effect.mapError(locator.find(headed(request.config)), noWindow(request))),
        fromBrowser: (request) => provided(fromBrowser(request)),
        fromStateFile: (request) => provided(fromStateFile(request))
      })
    })
  )

  /** Wants the browsers, the processes and the state directories; brings its locator. */
  static readonly layer = this.layerNoDeps.pipe(Layer.provide(BrowserLocator.layer))
}

/** A machine that shows no window is told the two other ways in. */
const noWindow = (request: SignInRequest) => (error: OracleError): OracleError => {
  const target = signInTarget(request)
  const others =
    `or bring a login: 'oracle auth ${target} --state-file FILE' takes what 'oracle auth export ${target}' wrote ` +
    `on a machine with a display, 'oracle auth ${target} --from-browser chrome' copies it out of a browser on this one`
  if (error.code === "display_missing") {
    return oracleError("display_missing", "there is no display here to show the sign-in window on", {
      step: `run it on a desktop, ${others}`
    })
  }
  return error.code === "browser_missing"
    ? oracleError("browser_missing", `a sign-in window needs a full browser: ${error.detail}`, {
      step: `${error.nextStep}; ${others}`
    })
    : error
}

const closedEarly = (site: SiteDefinition) => (error: OracleError): OracleError =>
  error.code === "login_required"
    ? oracleError(
      "sign_in_cancelled",
      `the window was closed, but nobody is signed in to ${site.label} in it (${error.detail})`,
      { step: "run the command again, and close the window when it shows your chats; nothing was changed" }
    )
    : error

/** Cookies that do not sign in are told apart from a job whose login expired. */
const explained = (source: CookieSource, state: UsableState, site: SiteDefinition) => (error: OracleError) => {
  if (error.code !== "login_required") return error
  const expired = state.expired.length === 0 ? "" : `; expired among them: ${[...new Set(state.expired)].join(", ")}`
  const why = state.hasLogin
    ? "; the session cookie is there, but the site has ended or renewed that session since"
    : `; no session cookie (${site.sessionCookies.join(", ")}) is among them`
  return oracleError(
    "login_required",
    `the cookies of ${source.name} do not sign in: ${error.detail}${expired}${why}`,
    {
      step: source.step
    }
  )
}
