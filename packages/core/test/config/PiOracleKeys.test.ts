import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, FileSystem, Path } from "effect"
import { load } from "../../src/config/ConfigSources.ts"
import { translate } from "../../src/config/PiOracleKeys.ts"
import type { OracleError } from "../../src/error/OracleError.ts"
import { StateDirs } from "../../src/store/StateDirs.ts"
import { dirs } from "../worker/support/Fakes.ts"

/** The configuration of a project with both files of pi. */
const loadWith = Effect.fnUntraced(
  function*(world: { readonly global?: unknown; readonly own?: unknown; readonly project?: unknown }) {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const root = yield* fs.makeTempDirectoryScoped()
    const at = (name: string) => path.join(root, name)
    for (const [name, value] of Object.entries(world)) yield* fs.writeFileString(at(name), JSON.stringify(value))
    const further = (["global", "project"] as const).map((scope) => ({ path: at(scope), scope, translate }))
    return yield* load({ projectRoot: root, further }).pipe(
      Effect.provideService(StateDirs, StateDirs.of({ ...dirs, globalConfigFile: at("own") })),
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord({})),
      Effect.mapError((error: OracleError) => `${error.code}: ${error.message.replaceAll(root, "")}`),
      Effect.map((loaded) => ({ ...loaded, ignored: loaded.ignored.map((line) => line.replaceAll(root, "")) }))
    )
  },
  Effect.scoped,
  Effect.provide(NodeServices.layer)
)

describe("the configuration files of pi", () => {
  it.effect("stand above the file of the same scope and below the environment", () =>
    Effect.gen(function*() {
      const { config } = yield* loadWith({
        own: { defaults: { site: "grok", preset: "instant", account: "own" }, browser: { runMode: "headed" } },
        global: { defaults: { preset: "pro_standard", account: "pi" }, poller: { intervalMs: 700 } },
        project: { defaults: { account: "project" } }
      })
      const { account, preset, site } = config.defaults
      assert.deepStrictEqual([site, preset, String(account)], ["grok", "pro_standard", "project"])
      assert.deepStrictEqual([config.browser.runMode, config.poller.intervalMs], ["headed", 700])
    }))

  it.effect("give sites, browser and auth in the global one only", () =>
    Effect.gen(function*() {
      const site = { practice: { baseUrl: "http://127.0.0.1:4000" } }
      const { config } = yield* loadWith({ global: { sites: site, browser: { maxConcurrentJobs: 3 } } })
      assert.deepStrictEqual([config.sites.practice.baseUrl, config.browser.maxConcurrentJobs], [
        "http://127.0.0.1:4000",
        3
      ])
      for (const project of [{ sites: site }, { browser: {} }, { auth: {} }]) {
        const refusal = yield* Effect.flip(loadWith({ project }))
        assert.match(
          String(refusal),
          /^config_invalid: \/project:1:\d+: \w+ can be set in the global configuration only/
        )
      }
    }))

  it.effect("refuse a key that nobody knows, with its place and the nearest one", () =>
    Effect.gen(function*() {
      const refusal = yield* Effect.flip(loadWith({ global: { browser: { runmode: "headed" } } }))
      assert.include(String(refusal), "/global:1:")
      assert.include(String(refusal), "did you mean \"runMode\"")
    }))

  it.effect("may hold the keys of the earlier extension: mapped, or reported as ignored", () =>
    Effect.gen(function*() {
      const { config, ignored } = yield* loadWith({
        global: {
          defaults: { provider: "grok", preset: "thinking_heavy", grokMode: "heavy" },
          browser: {
            sessionPrefix: "oracle",
            authSeedProfileDir: "/seed",
            cloneStrategy: "apfs-clone",
            chatUrl: "https://chat.example.org/",
            authUrl: "https://chatgpt.com/auth/login",
            args: ["--disable-blink-features=AutomationControlled", "--lang=de"],
            maxConcurrentJobs: 4
          },
          auth: { chromeProfile: "Work", chromiumKeychain: { account: "a", services: ["s"] } },
          worker: { pollMs: 5000 },
          cleanup: { completeJobRetentionMs: 0 }
        },
        project: { defaults: { grokMode: "heavy" } }
      })
      assert.deepStrictEqual([config.defaults.site, config.defaults.preset], ["grok", "thinking_heavy"])
      assert.deepStrictEqual([config.browser.args, config.browser.cloneStrategy], [["--lang=de"], "slim"])
      assert.strictEqual(config.sites.chatgpt.baseUrl, "https://chat.example.org/")
      assert.deepStrictEqual([config.cleanup.completeJobRetentionMs, config.auth.chromeProfile], [1, "Work"])
      assert.deepStrictEqual(ignored.map((line) => line.split(" ").slice(0, 2).join(" ")), [
        "/global: defaults.grokMode",
        "/global: browser.sessionPrefix",
        "/global: browser.authSeedProfileDir",
        "/global: browser.authUrl",
        "/global: auth.chromiumKeychain",
        "/global: browser.cloneStrategy",
        "/global: browser.args:",
        "/project: defaults.grokMode"
      ])
    }))

  it("keep the usual address of the site as the site's own", () => {
    assert.deepStrictEqual(translate({ browser: { chatUrl: "https://chatgpt.com/" } }), {
      value: { browser: {} },
      ignored: []
    })
  })
})
