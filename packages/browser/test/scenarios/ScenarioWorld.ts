/** One host in this process over real Chromiums, and a practice site with a seed of its own for each scenario. */
import { AuthBootstrap } from "@effect-oracle/browser/auth/AuthBootstrap"
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import * as PlaywrightBrowser from "@effect-oracle/browser/PlaywrightBrowser"
import { readMarker, writeMarker } from "@effect-oracle/browser/profile/SeedMarker"
import * as SeedProfileStore from "@effect-oracle/browser/profile/SeedProfileStore"
import { defaultConfig, type OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { AccountName } from "@effect-oracle/core/domain/Ids"
import { HostSettings } from "@effect-oracle/core/host/HostSettings"
import * as ArchiverNode from "@effect-oracle/core/node/archive/ArchiverNode"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateLayer from "@effect-oracle/core/node/StateLayer"
import * as OracleInProcess from "@effect-oracle/core/OracleInProcess"
import { Processes } from "@effect-oracle/core/port/Processes"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { type Behaviour, defaults } from "@effect-oracle/practice/Behaviour"
import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import { partsOf } from "@effect-oracle/practice/Scenario"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import { ConfigProvider, Effect, Layer, ManagedRuntime } from "effect"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import type { Expectation } from "./Expectation.ts"

/** Sites with the same session seed give their first session the same token, so that one sign-in serves them all. */
const sessionSeed = "scenarios"

/** Quick wherever the scenario says nothing. */
const pace: Partial<Behaviour> = { thinkingMs: 60, tokenDelayMs: 2, pickerDelayMs: 0 }

const behaviourOf = (names: ReadonlyArray<string>, expected: Expectation): Partial<Behaviour> => ({
  ...pace,
  ...partsOf(names),
  ...expected.behaviour
})

export class ScenarioWorld {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "oracle-scenarios-")))
  readonly state = join(this.root, "state")
  readonly temp = join(this.root, "tmp")
  readonly project = join(this.root, "project")
  readonly sites: Array<PracticeSite> = []
  readonly runtime = ManagedRuntime.make(layerAt(this.state))
  private readonly seeds = join(this.state, "seeds", "practice")

  constructor() {
    for (const folder of [this.temp, join(this.project, "src")]) mkdirSync(folder, { recursive: true })
    writeFileSync(join(this.project, "AGENTS.md"), "a project\n")
    for (const n of [1, 2, 3]) writeFileSync(join(this.project, "src", `module${n}.ts`), `export const value = ${n}\n`)
    process.env["TMPDIR"] = this.temp
  }

  config(site: PracticeSite, worker: Partial<OracleConfig["worker"]> = {}): OracleConfig {
    return {
      ...defaultConfig,
      worker: { ...defaultConfig.worker, pollMs: 300, ...worker },
      sites: { ...defaultConfig.sites, practice: { baseUrl: site.url } }
    }
  }

  /** Signs in once, for all sites that come later. */
  async prepare(): Promise<void> {
    await this.signIn(await this.open("fast", pace), AccountName.make("first"))
  }

  /** The site of a scenario, or of several joined by "+", and the account whose seed holds a session of it. */
  async enter(name: string, expected: Expectation): Promise<{ site: PracticeSite; account: AccountName }> {
    const names = name.split("+")
    const behaviour = behaviourOf(names, expected)
    const site = await this.open("fast", { ...defaults, ...pace })
    site.admin.storageState()
    site.admin.setScenario(names, { behaviour: { ...defaults, ...behaviour } })
    const account = AccountName.make(names.join("-"))
    cpSync(join(this.seeds, "first"), join(this.seeds, account), { recursive: true })
    const marker = readMarker(join(this.seeds, account))
    if (typeof marker === "string") throw new Error(`the first seed is ${marker}`)
    writeMarker(join(this.seeds, account), { ...marker, account, baseUrl: site.url })
    return { site, account }
  }

  /** Makes the seed from a fresh session, as a person does who signs in again. */
  async signIn(site: PracticeSite, account: AccountName): Promise<void> {
    const file = join(this.root, `${account}.json`)
    writeFileSync(file, JSON.stringify(site.admin.storageState()), { mode: 0o600 })
    await this.runtime.runPromise(
      AuthBootstrap.use((auth) => auth.fromStateFile({ site: "practice", account, config: this.config(site), file }))
    )
  }

  /** Whatever a job could leave, once nothing is left or the time is over. */
  leftovers(withinMs: number) {
    return this.runtime.runPromise(Effect.gen(function*() {
      const processes = yield* Processes
      const seeds = yield* SeedProfiles
      const store = yield* JobStore
      const { jobs } = yield* store.list({ limit: 500 })
      const look = Effect.gen(function*() {
        const dirs = jobs.flatMap(({ runtime }) => runtime === null ? [] : [runtime.profileDir])
        return {
          browsers: (yield* Effect.forEach(dirs, (dir) => processes.browsersOn(dir))).flat().length,
          runtimes: yield* seeds.runtimes(defaultConfig),
          leases: yield* store.leases
        }
      })
      const end = Date.now() + withinMs
      let left = yield* look
      while (Date.now() < end && left.browsers + left.runtimes.length + left.leases.length > 0) {
        yield* Effect.sleep(200)
        left = yield* look
      }
      return left
    }))
  }

  /** What is in the folder for temporary files. */
  temporaryFiles(): ReadonlyArray<string> {
    return readdirSync(this.temp)
  }

  async close(): Promise<void> {
    await this.runtime.dispose()
    await Promise.all(this.sites.map((site) => site.close()))
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 })
  }

  private async open(scenario: string, behaviour: Partial<Behaviour>): Promise<PracticeSite> {
    const site = await start({ scenario, behaviour, sessionSeed })
    this.sites.push(site)
    return site
  }
}

const environmentAt = (state: string) =>
  ConfigProvider.layer(ConfigProvider.fromEnv({
    env: {
      HOME: homedir(),
      ORACLE_STATE_DIR: state,
      ORACLE_CONFIG: join(state, "config.json"),
      ...(process.env["XDG_CACHE_HOME"] === undefined ? {} : { XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] })
    }
  }))

/** More browsers than processors: a page waits most of its time. */
const settings: OracleConfig = {
  ...defaultConfig,
  browser: { ...defaultConfig.browser, channel: "npm", maxConcurrentJobs: 4 }
}

const layerAt = (state: string) =>
  Layer.mergeAll(OracleInProcess.layer({ version: "0.1.0" }), AuthBootstrap.layer).pipe(
    Layer.provideMerge(Layer.mergeAll(
      ArchiverNode.layer,
      PlaywrightBrowser.layer,
      SeedProfileStore.layer,
      HostSettings.layerOf(settings)
    )),
    Layer.provide(BrowserLauncher.layer),
    Layer.provideMerge(Layer.mergeAll(StateLayer.layer, ProcessesNode.layer)),
    Layer.provideMerge(Layer.mergeAll(NodeFileSystem.layer, NodePath.layer)),
    Layer.provideMerge(environmentAt(state))
  )
