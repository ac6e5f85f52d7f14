import { childEnvironment } from "@effect-oracle/browser/launch/ChildEnvironment"
import { launchOptions, wantsSandbox } from "@effect-oracle/browser/launch/LaunchOptions"
import type { LocatedBrowser } from "@effect-oracle/browser/locate/BrowserLocator"
import type { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { assert, describe, it } from "@effect/vitest"
import { machine } from "../locate/machine.ts"
import { config } from "./workspace.ts"

const located: LocatedBrowser = { path: "/x/chrome", source: "installed", kind: "full", env: {}, warnings: [] }

const optionsFor = (browser: Partial<OracleConfig["browser"]>, here: Surroundings = machine({})) => {
  const wanted = { ...config, browser: { ...config.browser, ...browser } }
  const sandbox = wantsSandbox(wanted, here)
  return launchOptions({ config: wanted, located, machine: here, tempDir: "/r/tmp", shortTempDir: "/s", sandbox })
}

describe("launchOptions", () => {
  it("keeps every file of the driver and of downloads inside the job's folder", () => {
    const { artifactsDir, downloadsPath, env } = optionsFor({})
    assert.deepStrictEqual([artifactsDir, downloadsPath, env?.["TMPDIR"]], ["/r/tmp", "/r/tmp/downloads", "/s"])
  })

  it("sandboxes everybody but root, and as configured", () => {
    const root = machine({ uid: 0 })
    assert.isTrue(optionsFor({}).chromiumSandbox)
    assert.isFalse(optionsFor({}, root).chromiumSandbox)
    assert.isTrue(optionsFor({ sandbox: "on" }, root).chromiumSandbox)
    assert.isFalse(optionsFor({ sandbox: "off" }).chromiumSandbox)
  })

  it("appends configured arguments and says nothing about the user agent unless configured", () => {
    assert.strictEqual(optionsFor({ args: ["--lang=de"] }).args?.at(-1), "--lang=de")
    assert.notProperty(optionsFor({}), "userAgent")
    assert.strictEqual(optionsFor({ userAgent: "mine" }).userAgent, "mine")
  })

  it("takes the credentials out of a proxy's address", () => {
    assert.deepStrictEqual(optionsFor({ proxy: "http://jane:p%40ss@proxy.example:8080" }).proxy, {
      server: "http://proxy.example:8080",
      username: "jane",
      password: "p@ss"
    })
    assert.deepStrictEqual(optionsFor({ proxy: "socks5://proxy.example:1080" }).proxy, {
      server: "socks5://proxy.example:1080"
    })
    assert.deepStrictEqual(optionsFor({ proxy: "proxy.example:8080" }).proxy, { server: "proxy.example:8080" })
  })
})

describe("childEnvironment", () => {
  const env = {
    PATH: "/bin",
    HOME: "/home/jane",
    LC_ALL: "C",
    AWS_SECRET_ACCESS_KEY: "s",
    DISPLAY: ":0",
    NODE_OPTIONS: "--x"
  }

  it("hands on an allow-list and the job's folder for temporary files", () => {
    const given = childEnvironment({
      machine: machine({ env }),
      headed: false,
      tempDir: "/t",
      extra: { FONTCONFIG_FILE: "/f" }
    })
    assert.deepStrictEqual(given, {
      PATH: "/bin",
      HOME: "/home/jane",
      LC_ALL: "C",
      TMPDIR: "/t",
      TMP: "/t",
      TEMP: "/t",
      FONTCONFIG_FILE: "/f"
    })
  })

  it("hands on the desktop only to a browser with a window", () => {
    const given = childEnvironment({ machine: machine({ env }), headed: true, tempDir: "/t", extra: {} })
    assert.strictEqual(given["DISPLAY"], ":0")
  })

  it("ignores case where the platform does", () => {
    const windows = machine({ platform: "win32", env: { SystemRoot: "C:\\Windows", Path: "C:\\bin" } })
    const given = childEnvironment({ machine: windows, headed: false, tempDir: "T", extra: {} })
    assert.deepStrictEqual([given["SystemRoot"], given["Path"]], ["C:\\Windows", "C:\\bin"])
  })
})
