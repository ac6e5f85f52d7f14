import { BrowserLocator } from "@effect-oracle/browser/locate/BrowserLocator"
import type { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { config, temporaryFolder } from "../launch/workspace.ts"
import { locatorOn, machine } from "./machine.ts"

const withBrowser = (browser: Partial<OracleConfig["browser"]>): OracleConfig => ({
  ...config,
  browser: { ...config.browser, ...browser }
})

const find = (described: Surroundings, wanted: OracleConfig = config) =>
  BrowserLocator.use((locator) => locator.find(wanted)).pipe(Effect.provide(locatorOn(described)))

const chrome = "/opt/google/chrome/chrome"
const npmMachine = (files: ReadonlyArray<string> = []) =>
  machine({
    arch: "x64",
    isFile: (path) => path === "/lib64/ld-linux-x86-64.so.2" || path.endsWith("/chromium.br") || files.includes(path)
  })

describe("BrowserLocator", () => {
  it.effect("takes the configured program before everything else", () =>
    Effect.gen(function*() {
      const described = machine({
        files: ["/my/chrome", chrome, "/env/chrome"],
        env: { ORACLE_BROWSER: "/env/chrome" }
      })
      const found = yield* find(described, withBrowser({ executablePath: "/my/chrome" }))
      assert.deepStrictEqual([found.path, found.source, found.kind], ["/my/chrome", "browser.executablePath", "full"])
    }))

  it.effect("says which setting names a program that is not there", () =>
    Effect.gen(function*() {
      const described = machine({ files: [chrome], env: { ORACLE_BROWSER: "/gone" } })
      const configured = yield* Effect.flip(find(described, withBrowser({ executablePath: "/nope" })))
      assert.deepStrictEqual([configured.code, configured.message], [
        "browser_missing",
        "browser.executablePath names /nope, which is no file"
      ])
      assert.include((yield* Effect.flip(find(described))).message, "ORACLE_BROWSER names /gone")
    }))

  it.effect("takes the variables of other tools only when they name a file", () =>
    Effect.gen(function*() {
      const env = { CHROME_PATH: "/stale", PUPPETEER_EXECUTABLE_PATH: "/puppet/chrome" }
      assert.strictEqual(
        (yield* find(machine({ env, files: ["/puppet/chrome", chrome] }))).source,
        "PUPPETEER_EXECUTABLE_PATH"
      )
      assert.strictEqual((yield* find(machine({ env, files: [chrome] }))).path, chrome)
    }))

  it.effect("takes the npm package where it is asked for by name, whatever else is installed", () =>
    Effect.gen(function*() {
      const found = yield* find(npmMachine([chrome]), withBrowser({ channel: "npm" }))
      assert.deepStrictEqual([found.source, found.kind], ["npm", "headless_shell"])
      assert.strictEqual((yield* find(npmMachine([chrome]))).path, chrome)
    }))

  it.effect("prefers Playwright's newest full browser, then installed ones, then the npm package", () =>
    Effect.gen(function*() {
      const root = yield* temporaryFolder
      const programs = ["chromium-1200/chrome-linux/chrome", "chromium-1255/chrome-linux64/chrome"].map((path) =>
        join(root, path)
      )
      for (const path of programs) mkdirSync(dirname(path), { recursive: true })
      const env = { PLAYWRIGHT_BROWSERS_PATH: root, PATH: "/usr/bin" }
      const all = machine({ env, files: [...programs, "/usr/bin/chromium"] })
      assert.deepStrictEqual([(yield* find(all)).path, (yield* find(all)).source], [programs[1], "playwright"])
      const debian = { ...npmMachine(["/usr/bin/chromium"]), env: { PATH: "/usr/bin" } }
      assert.strictEqual((yield* find(debian)).path, "/usr/bin/chromium")
      const npm = yield* find(npmMachine())
      assert.deepStrictEqual([npm.source, npm.kind], ["npm", "headless_shell"])
    }))

  it.effect("takes an installed browser of the wanted channel only", () =>
    Effect.gen(function*() {
      const described = machine({ files: [chrome, "/opt/microsoft/msedge/msedge"] })
      assert.strictEqual(
        (yield* find(described, withBrowser({ channel: "msedge" }))).path,
        "/opt/microsoft/msedge/msedge"
      )
      const missing = yield* Effect.flip(find(described, withBrowser({ channel: "chrome-beta" })))
      assert.strictEqual(missing.message, "browser.channel is chrome-beta, which is not installed")
    }))

  it.effect("finds what each platform installs", () =>
    Effect.gen(function*() {
      const mac = "/Users/jane/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
      assert.strictEqual((yield* find(machine({ platform: "darwin", home: "/Users/jane", files: [mac] }))).path, mac)
      const windows = "C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe"
      const found = yield* find(
        machine({ platform: "win32", env: { PROGRAMFILES: "C:\\Program Files" }, files: [windows] })
      )
      assert.strictEqual(found.path, windows)
    }))

  it.effect("names one command that gets a browser when there is none", () =>
    Effect.gen(function*() {
      const linux = yield* Effect.flip(find(machine({})))
      assert.deepStrictEqual([linux.code, linux.message], ["browser_missing", "no Chromium was found"])
      assert.include(linux.nextStep, "npx playwright-core install --with-deps chromium")
      const mac = yield* Effect.flip(find(machine({ platform: "darwin" })))
      assert.include(mac.nextStep, "'npx playwright-core install chromium'")
    }))

  it.effect("refuses a window where only a headless shell is, and says what the npm Chromium is", () =>
    Effect.gen(function*() {
      const headed = withBrowser({ runMode: "headed" })
      const display = { DISPLAY: ":0" }
      const npm = yield* Effect.flip(find({ ...npmMachine(), env: display }, headed))
      assert.strictEqual(npm.code, "browser_missing")
      assert.include(npm.message, "the npm Chromium")
      assert.include(npm.nextStep, "playwright-core install")
      const shell = "/opt/chrome-headless-shell"
      const configured = yield* Effect.flip(
        find(machine({ files: [shell], env: display }), withBrowser({ runMode: "headed", executablePath: shell }))
      )
      assert.include(configured.message, "headless shell")
      assert.strictEqual((yield* find({ ...npmMachine([chrome]), env: display }, headed)).path, chrome)
    }))

  it.effect("refuses a window where there is no display", () =>
    Effect.gen(function*() {
      const headed = withBrowser({ runMode: "headed" })
      assert.strictEqual((yield* Effect.flip(find(machine({ files: [chrome] }), headed))).code, "display_missing")
      const wayland = machine({ files: [chrome], env: { WAYLAND_DISPLAY: "wayland-0" } })
      assert.strictEqual((yield* find(wayland, headed)).path, chrome)
      const mac = "/Applications/Chromium.app/Contents/MacOS/Chromium"
      assert.strictEqual((yield* find(machine({ platform: "darwin", files: [mac] }), headed)).path, mac)
    }))

  it.effect("takes a snap only when there is nothing else, and warns", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const wrapper = join(folder, "chromium-browser")
      writeFileSync(wrapper, "#!/bin/sh\nexec /snap/bin/chromium \"$@\"\n", { mode: 0o755 })
      const env = { PATH: folder }
      const only = yield* find(machine({ env, files: [wrapper] }))
      assert.strictEqual(only.path, wrapper)
      assert.match(only.warnings[0] ?? "", /snap/)
      const beside = machine({ env, files: [wrapper, "/opt/microsoft/msedge/msedge"] })
      assert.strictEqual((yield* find(beside)).path, "/opt/microsoft/msedge/msedge")
    }))

  it.effect("offers the npm package only where it can run", () =>
    Effect.gen(function*() {
      for (const other of [{ arch: "arm64" }, { platform: "darwin" as const }, { isFile: () => false }]) {
        assert.strictEqual((yield* Effect.flip(find({ ...npmMachine(), ...other }))).code, "browser_missing")
      }
    }))

  it.effect("gives the npm Chromium its own libraries only where the system lacks them", () =>
    Effect.gen(function*() {
      const bare = yield* find({ ...npmMachine(), env: { LD_LIBRARY_PATH: "/nix/lib" } })
      assert.match(bare.env["LD_LIBRARY_PATH"] ?? "", /npm-chromium\/[^:]+\/al2023\/lib:\/nix\/lib$/)
      const system = ["libnss3.so", "libnssutil3.so", "libnspr4.so", "libexpat.so.1"].map((name) =>
        `/usr/lib64/${name}`
      )
      assert.deepStrictEqual(Object.keys((yield* find(npmMachine(system))).env), ["FONTCONFIG_FILE"])
    }))
})
