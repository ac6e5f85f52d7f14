/** A state directory in a temporary folder and the layers that run a browser in it. */
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import { BrowserLocator } from "@effect-oracle/browser/locate/BrowserLocator"
import { installedCandidates, snapChromium } from "@effect-oracle/browser/locate/InstalledBrowsers"
import { registryCandidates } from "@effect-oracle/browser/locate/PlaywrightRegistry"
import { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import { defaultConfig, type OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { layer as processes } from "@effect-oracle/core/node/ProcessesNode"
import { dirsOf } from "@effect-oracle/core/node/StateDirsNode"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { Effect, Layer, type Scope } from "effect"
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"

const noVariables = {
  state: undefined,
  jobs: undefined,
  piJobs: undefined,
  config: undefined,
  xdgState: undefined,
  xdgConfig: undefined,
  xdgCache: process.env["XDG_CACHE_HOME"],
  localAppData: undefined,
  appData: undefined,
  home: homedir()
}

/** A fresh folder that goes with the scope. */
export const temporaryFolder: Effect.Effect<string, never, Scope.Scope> = Effect.acquireRelease(
  Effect.sync(() => realpathSync(mkdtempSync(join(tmpdir(), "oracle-test-")))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/** Directories below `folder`; the npm Chromium comes from the user's cache, so that it is unpacked once. */
export const dirsBelow = (folder: string): StateDirs["Service"] =>
  dirsOf({ ...noVariables, state: join(folder, "state") }, process.platform)

/** This machine as if nobody had installed a browser on it, so that the npm Chromium is the one that is found. */
export const bareMachine = Effect.map(Effect.service(Surroundings), (real): Surroundings => {
  const installed = new Set([...installedCandidates(real), ...registryCandidates(real), snapChromium])
  const { CHROME_PATH: _, ORACLE_BROWSER: __, PUPPETEER_EXECUTABLE_PATH: ___, ...env } = real.env
  return { ...real, env, isFile: (path) => !installed.has(path) && real.isFile(path) }
})

/** The layers of a browser whose state lies in `folder`; `machine` changes what is known of this one. */
export const browserLayer = (folder: string, machine: Partial<Surroundings> = {}) =>
  BrowserLauncher.layerNoDeps.pipe(
    Layer.provideMerge(BrowserLocator.layer),
    Layer.provide(Layer.effect(Surroundings, Effect.map(bareMachine, (bare) => ({ ...bare, ...machine })))),
    Layer.provideMerge(processes),
    Layer.provideMerge(Layer.succeed(StateDirs, StateDirs.of(dirsBelow(folder))))
  )

/** The configuration of the tests. */
export const config: OracleConfig = defaultConfig

/** An empty profile and folder for temporary files, as a runtime has them. */
export const emptyRuntime = (folder: string): { readonly profileDir: string; readonly tempDir: string } => {
  const profileDir = join(folder, "runtime", "profile")
  const tempDir = join(folder, "runtime", "tmp")
  mkdirSync(profileDir, { recursive: true, mode: 0o700 })
  mkdirSync(tempDir, { recursive: true, mode: 0o700 })
  return { profileDir, tempDir }
}
