/** The practice site with a signed-in seed, and any number of state directories made from it. */
import { AuthBootstrap } from "@effect-oracle/browser/auth/AuthBootstrap"
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import * as PlaywrightBrowser from "@effect-oracle/browser/PlaywrightBrowser"
import * as SeedProfileStore from "@effect-oracle/browser/profile/SeedProfileStore"
import { load } from "@effect-oracle/core/config/ConfigSources"
import * as ArchiverNode from "@effect-oracle/core/node/archive/ArchiverNode"
import * as HostLauncherNode from "@effect-oracle/core/node/HostLauncherNode"
import type { HostEntry } from "@effect-oracle/core/node/HostSpawn"
import * as ProcessesNode from "@effect-oracle/core/node/ProcessesNode"
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import * as StateLayer from "@effect-oracle/core/node/StateLayer"
import * as OracleHosted from "@effect-oracle/core/OracleHosted"
import type { Behaviour } from "@effect-oracle/practice/Behaviour"
import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import { ConfigProvider, Effect, Layer } from "effect"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import { bundleHost, type HostBundle } from "./HostBundle.ts"

export interface WorldOptions {
  readonly behaviour?: Partial<Behaviour>
  readonly config?: Readonly<Record<string, unknown>>
}

/** A quick site that answers with files and goes on generating whatever happens to its visitors. */
const pace: Partial<Behaviour> = { answer: "files", thinkingMs: 500, tokenDelayMs: 20, pickerDelayMs: 0 }

export class World {
  readonly site: PracticeSite
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "oracle-faults-")))
  readonly temp = join(this.root, "tmp")
  readonly project = join(this.root, "project")
  readonly host: HostBundle
  private states = 0
  private readonly tempBefore = process.env["TMPDIR"]
  private readonly config: Readonly<Record<string, unknown>>

  private constructor(site: PracticeSite, host: HostBundle, config: Readonly<Record<string, unknown>>) {
    this.site = site
    this.host = host
    this.config = config
    mkdirSync(join(this.project, "src"), { recursive: true })
    mkdirSync(this.temp)
    writeFileSync(join(this.project, "AGENTS.md"), "a project\n")
    for (const n of [1, 2, 3]) writeFileSync(join(this.project, "src", `module${n}.ts`), `export const value = ${n}\n`)
    process.env["TMPDIR"] = this.temp
  }

  static async make({ behaviour = {}, config = {} }: WorldOptions = {}): Promise<World> {
    const world = new World(await start({ behaviour: { ...pace, ...behaviour } }), await bundleHost(), config)
    try {
      await world.signIn(world.state())
      return world
    } catch (error) {
      await world.close()
      throw error
    }
  }

  /** Configuration under which neither the back end nor the sidebar shows what conversations there are. */
  get unreadable(): Readonly<Record<string, unknown>> {
    const overrides = { "paths.history": null, "selectors.sidebar": ["#no-such-sidebar"] }
    return { sites: { practice: { baseUrl: this.site.url, overrides } } }
  }

  /** A fresh state directory with the signed-in seed. */
  state(config: Readonly<Record<string, unknown>> & { readonly browser?: object } = {}): string {
    this.states += 1
    const state = join(this.root, `state-${this.states}`)
    mkdirSync(state, { mode: 0o700 })
    if (this.states > 1) cpSync(join(this.root, "state-1", "seeds"), join(state, "seeds"), { recursive: true })
    const settings = {
      defaults: { site: "practice", preset: "current" },
      sites: { practice: { baseUrl: this.site.url } },
      host: { idleMs: 60_000 },
      ...this.config,
      ...config,
      browser: { channel: "npm", ...config.browser }
    }
    writeFileSync(join(state, "config.json"), JSON.stringify(settings), { mode: 0o600 })
    return state
  }

  /** Sends that the site accepted with this prompt. */
  sends(promptSha256: string): number {
    return this.site.admin.log("send").filter(({ detail }) => detail["promptSha256"] === promptSha256).length
  }

  /** What hosts and browsers left in the folder for temporary files; ask when none runs any more. */
  temporaryFiles(): ReadonlyArray<string> {
    return readdirSync(this.temp)
  }

  async close(): Promise<void> {
    await this.site.close()
    this.host.remove()
    if (this.tempBefore === undefined) delete process.env["TMPDIR"]
    else process.env["TMPDIR"] = this.tempBefore
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 })
  }

  /** Makes the seed of a state directory from a fresh session, as `oracle auth --state-file` does. */
  async signIn(state: string): Promise<void> {
    const file = join(this.root, "session.json")
    writeFileSync(file, JSON.stringify(this.site.admin.storageState()), { mode: 0o600 })
    await Effect.runPromise(
      Effect.gen(function*() {
        const { config } = yield* load({ projectRoot: null })
        const { account } = config.defaults
        yield* (yield* AuthBootstrap).fromStateFile({ site: "practice", account, config, file })
      }).pipe(Effect.provide(authAt(state)))
    )
  }
}

const platform = Layer.mergeAll(NodeFileSystem.layer, NodePath.layer)

const environmentAt = (state: string) =>
  ConfigProvider.layer(ConfigProvider.fromEnv({
    env: {
      HOME: homedir(),
      ORACLE_STATE_DIR: state,
      ORACLE_CONFIG: join(state, "config.json"),
      ...(process.env["XDG_CACHE_HOME"] === undefined ? {} : { XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] })
    }
  }))

const authAt = (state: string) =>
  AuthBootstrap.layer.pipe(
    Layer.provide(PlaywrightBrowser.layer),
    Layer.provide(BrowserLauncher.layer),
    Layer.provideMerge(ProcessesNode.layer),
    Layer.provideMerge(StateDirsNode.layer),
    Layer.provideMerge(platform),
    Layer.provideMerge(environmentAt(state))
  )

/** A client of the state directory, which starts hosts from `entry`. */
export const clientAt = (state: string, entry: HostEntry) =>
  OracleHosted.layer.pipe(
    Layer.provideMerge(Layer.mergeAll(
      ArchiverNode.layer,
      PlaywrightBrowser.layer,
      SeedProfileStore.layer,
      HostLauncherNode.layer(entry)
    )),
    Layer.provide(BrowserLauncher.layer),
    Layer.provideMerge(Layer.mergeAll(StateLayer.layer, ProcessesNode.layer)),
    Layer.provideMerge(platform),
    Layer.provideMerge(environmentAt(state))
  )
