/** Makes a verified seed from a state file (PRODUCT, section 10). */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { AccountName, SiteName } from "@effect-oracle/core/domain/Ids"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { ChatBrowser, type ChatPage } from "@effect-oracle/core/port/ChatBrowser"
import type { SeedStatus } from "@effect-oracle/core/port/SeedProfiles"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BrowserLauncher, type LaunchedBrowser } from "../launch/Launch.ts"
import { Surroundings } from "../locate/Surroundings.ts"
import { seedPaths } from "../profile/SeedPaths.ts"
import * as SessionCookies from "../profile/SessionCookies.ts"
import { type StagedSeed, stagedSeed } from "../profile/StagedSeed.ts"
import type { SiteDefinition } from "../site/Site.ts"
import { resolveSite } from "../site/Sites.ts"
import { masked } from "./MaskedIdentity.ts"
import { proofOf } from "./SignInProof.ts"
import { readStateFile } from "./StateFile.ts"
import { type UsableState, usableState } from "./UsableState.ts"

export interface StateFileRequest {
  readonly site: SiteName
  readonly account: AccountName
  readonly config: OracleConfig
  /** Path of the Playwright storage state or cookie array. */
  readonly file: string
}

export class AuthBootstrap extends Context.Service<AuthBootstrap, {
  /**
   * Builds a profile from the file, proves on the site that it is signed in, and makes it the seed; the old one is kept
   * as `.prev`. Fails without touching the seed in use as `state_file_invalid`, `login_required`, `challenge_blocking`,
   * `seed_busy`, `profile_unsafe` or as starting the browser does.
   */
  readonly fromStateFile: (request: StateFileRequest) => Effect.Effect<SeedStatus, OracleError>
}>()("@effect-oracle/browser/auth/AuthBootstrap") {
  static readonly layer = Layer.effect(
    AuthBootstrap,
    Effect.gen(function*() {
      const browsers = yield* ChatBrowser
      const launcher = yield* BrowserLauncher
      const dirs = yield* StateDirs
      const machine = yield* Surroundings

      const fill = Effect.fnUntraced(function*(request: StateFileRequest, staged: StagedSeed, state: UsableState) {
        const { profileDir, tempDir } = staged
        const browser = yield* launcher.launch({
          profileDir,
          tempDir,
          config: request.config,
          onBrowser: () => Effect.void
        })
        yield* install(browser, state)
        yield* SessionCookies.save(browser.context, profileDir)
        return browser.located.kind
      }, Effect.scoped)

      const verify = Effect.fnUntraced(function*(request: StateFileRequest, staged: StagedSeed, site: SiteDefinition) {
        const page = yield* browsers.open({ ...request, ...staged, onBrowser: () => Effect.void })
        yield* page.goto({ _tag: "NewChat" })
        const identity = yield* proven(page, request.config, site.label)
        yield* page.saveCookies
        return identity
      }, Effect.scoped)

      const fromStateFile = Effect.fn("AuthBootstrap.fromStateFile")(function*(request: StateFileRequest) {
        const { account, config, file } = request
        const site = yield* Effect.fromResult(resolveSite(request.site, config))
        const read = yield* readStateFile(file)
        const now = yield* Clock.currentTimeMillis
        const state = yield* Effect.fromResult(usableState(site, file, read, now / 1000))
        const staged = yield* stagedSeed(request, seedPaths(dirs.seeds(config), request.site, account), machine)
        const browser = yield* fill(request, staged, state)
        const identity = yield* Effect.mapError(verify(request, staged, site), explained(request, site, state))
        return yield* staged.commit({
          createdAt: yield* DateTime.now,
          identity: masked(identity),
          baseUrl: site.baseUrl,
          browser
        })
      }, Effect.scoped)

      return AuthBootstrap.of({ fromStateFile })
    })
  )
}

/** Cookie values reach the browser over the pipe only; a failure of the driver may quote them, so its cause is dropped. */
const install = (browser: LaunchedBrowser, state: UsableState): Effect.Effect<void, OracleError> =>
  Effect.tryPromise({
    try: async () => {
      const origins = state.origins.map(({ localStorage, origin }) => ({ origin, localStorage: [...localStorage] }))
      if (origins.length > 0) await browser.context.setStorageState({ cookies: [], origins })
      await browser.context.addCookies([...state.cookies])
    },
    catch: () => oracleError("state_file_invalid", "the browser does not accept the cookies of the file")
  })

/** How often in a row a page must ask to sign in before that is believed. */
const believedAfter = 3

const proven = Effect.fnUntraced(function*(page: ChatPage, config: OracleConfig, label: string) {
  const look = page.observe.pipe(Effect.map((observation) => proofOf(observation, label)))
  const deadline = (yield* Clock.currentTimeMillis) + config.worker.readyTimeoutMs
  for (let lasting = 0;;) {
    const proof = yield* look
    if (proof._tag === "SignedIn") return proof.identity
    lasting = proof.lasting ? lasting + 1 : 0
    if (lasting >= believedAfter || (yield* Clock.currentTimeMillis) >= deadline) return yield* proof.error
    yield* Effect.sleep(config.auth.pollMs)
  }
})

/** A file that does not sign in is told apart from a job whose login expired. */
const explained =
  ({ file }: StateFileRequest, site: SiteDefinition, state: UsableState) => (error: OracleError): OracleError => {
    if (error.code !== "login_required") return error
    const expired = state.expired.length === 0 ? "" : `; expired in the file: ${[...new Set(state.expired)].join(", ")}`
    return oracleError("login_required", `the cookies of ${file} do not sign in: ${error.detail}${expired}`, {
      step: `sign in to ${site.baseUrl}, export the storage state again and pass it with --state-file`
    })
  }
