/** Finds the Chromium to run, without running any: configuration, environment, Playwright's, installed, npm. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type BrowserKind, isSnap, kindOf } from "./BrowserKind.ts"
import { installedCandidates, snapChromium } from "./InstalledBrowsers.ts"
import { findNpmChromium, npmEnvironment, unpacked } from "./NpmChromium.ts"
import { registryCandidates } from "./PlaywrightRegistry.ts"
import { Surroundings } from "./Surroundings.ts"

/** A browser that can be launched. */
export interface LocatedBrowser {
  readonly path: string
  /** Where it was found, for people: `browser.executablePath`, `ORACLE_BROWSER`, `playwright`, `installed`, `npm`. */
  readonly source: string
  readonly kind: BrowserKind
  /** Variables that this program needs beyond the usual ones. */
  readonly env: Readonly<Record<string, string>>
  readonly warnings: ReadonlyArray<string>
}

/** The one command that gets a full browser on this platform. */
export const installCommand = (platform: NodeJS.Platform): string =>
  platform === "linux" ? "npx playwright-core install --with-deps chromium" : "npx playwright-core install chromium"

/** Finds the browser that the configuration asks for. */
export class BrowserLocator extends Context.Service<BrowserLocator, {
  /** Names the browser that would run; fails as `browser_missing` or `display_missing`. Unpacks nothing. */
  readonly find: (config: OracleConfig) => Effect.Effect<LocatedBrowser, OracleError>
  /** The same browser, ready to run: the npm Chromium is unpacked when it is the one. */
  readonly prepare: (config: OracleConfig) => Effect.Effect<LocatedBrowser, OracleError>
}>()("@effect-oracle/browser/locate/BrowserLocator") {
  static readonly layer = Layer.effect(
    BrowserLocator,
    Effect.gen(function*() {
      const machine = yield* Surroundings
      const { cache } = yield* StateDirs

      const find = Effect.fn("BrowserLocator.find")(function*(config: OracleConfig) {
        const found = yield* locate(config, machine, cache)
        if (config.browser.runMode === "headed") yield* checkDisplay(machine)
        return found
      })

      const prepare = Effect.fn("BrowserLocator.prepare")(function*(config: OracleConfig) {
        const found = yield* find(config)
        const npm = findNpmChromium(cache, machine)
        if (npm !== undefined && npm.executable === found.path) yield* unpacked(npm, machine)
        return found
      })

      return BrowserLocator.of({ find, prepare })
    })
  )
}

const missing = (machine: Surroundings, detail: string): OracleError =>
  oracleError("browser_missing", detail, {
    step: `run '${installCommand(machine.platform)}', or set browser.executablePath`
  })

const checkDisplay = (machine: Surroundings): Effect.Effect<void, OracleError> =>
  machine.platform !== "linux" || (machine.env["DISPLAY"] ?? "") !== "" || (machine.env["WAYLAND_DISPLAY"] ?? "") !== ""
    ? Effect.void
    : Effect.fail(
      oracleError("display_missing", "browser.runMode is headed, but neither DISPLAY nor WAYLAND_DISPLAY is set", {
        step:
          "run it where a display is, or use browser.runMode headless; a background host that was started without a "
          + "display goes on lacking it, so end it with 'oracle host stop' and try again"
      })
    )

const explicit = (
  config: OracleConfig,
  machine: Surroundings
): { readonly path: string; readonly source: string } | undefined => {
  if (config.browser.executablePath !== undefined) {
    return { path: config.browser.executablePath, source: "browser.executablePath" }
  }
  if (config.browser.channel !== undefined) return undefined
  const own = machine.env["ORACLE_BROWSER"]
  if (own !== undefined && own !== "") return { path: own, source: "ORACLE_BROWSER" }
  for (const name of ["CHROME_PATH", "PUPPETEER_EXECUTABLE_PATH"]) {
    const path = machine.env[name]
    if (path !== undefined && path !== "" && machine.isFile(path)) return { path, source: name }
  }
  return undefined
}

const shellOnly = (machine: Surroundings, path: string): OracleError =>
  missing(
    machine,
    `browser.runMode is headed, but ${path} is a headless shell, which shows no window (so is the npm Chromium)`
  )

const locate = (
  config: OracleConfig,
  machine: Surroundings,
  cache: string
): Effect.Effect<LocatedBrowser, OracleError> => {
  const headed = config.browser.runMode === "headed"
  const chosen = explicit(config, machine)
  if (chosen !== undefined) {
    if (!machine.isFile(chosen.path)) {
      return Effect.fail(missing(machine, `${chosen.source} names ${chosen.path}, which is no file`))
    }
    const found = described(chosen.path, chosen.source, machine)
    return headed && found.kind === "headless_shell"
      ? Effect.fail(shellOnly(machine, found.path))
      : Effect.succeed(found)
  }
  const candidates = searched(config, machine, cache)
  const usable = candidates.find((candidate) => !headed || candidate.kind === "full")
  if (usable !== undefined) return Effect.succeed(usable)
  const [shell] = candidates
  if (shell !== undefined) return Effect.fail(shellOnly(machine, shell.path))
  const { channel } = config.browser
  return Effect.fail(
    missing(
      machine,
      channel === undefined ? "no Chromium was found" : `browser.channel is ${channel}, which is not installed`
    )
  )
}

const described = (path: string, source: string, machine: Surroundings): LocatedBrowser => ({
  path,
  source,
  kind: kindOf(path, machine),
  env: {},
  warnings: isSnap(path) ? ["the snap of Chromium is confined and may not reach the profile folder"] : []
})

const searched = (config: OracleConfig, machine: Surroundings, cache: string): ReadonlyArray<LocatedBrowser> => {
  const { channel } = config.browser
  const present = (paths: ReadonlyArray<string>) => paths.filter(machine.isFile)
  const own = channel === undefined || channel === "chromium"
  const fromPackage = own || channel === "npm"
  const registry = own ? present(registryCandidates(machine)).map((path) => described(path, "playwright", machine)) : []
  const installed = present(installedCandidates(machine, channel)).map((path) => described(path, "installed", machine))
  const npm = fromPackage ? findNpmChromium(cache, machine) : undefined
  const packaged: ReadonlyArray<LocatedBrowser> = npm === undefined ? [] : [{
    path: npm.executable,
    source: "npm",
    kind: "headless_shell",
    env: npmEnvironment(npm, machine),
    warnings: []
  }]
  const snaps = own && machine.platform === "linux"
    ? present([snapChromium]).map((path) => described(path, "installed", machine))
    : []
  const confined = (browser: LocatedBrowser) => browser.warnings.length > 0
  return [
    ...registry,
    ...installed.filter((browser) => !confined(browser)),
    ...packaged,
    ...installed.filter(confined),
    ...snaps
  ]
}
