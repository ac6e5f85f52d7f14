import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import { BrowserLocator, type LocatedBrowser } from "@effect-oracle/browser/locate/BrowserLocator"
import { layerNoDeps } from "@effect-oracle/browser/PlaywrightBrowser"
import { defaultConfig, type OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { presets } from "@effect-oracle/core/domain/ModelSelection"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { ChatBrowser } from "@effect-oracle/core/port/ChatBrowser"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"

const located: LocatedBrowser = { path: "/opt/chrome", source: "test", kind: "full", env: {}, warnings: [] }
const gone = Effect.fail(oracleError("browser_missing", "no browser in this test"))

const browser = layerNoDeps.pipe(
  Layer.provide(Layer.succeed(BrowserLauncher, { launch: () => gone, warmUp: () => Effect.void })),
  Layer.provide(
    Layer.succeed(BrowserLocator, { find: () => Effect.succeed(located), prepare: () => Effect.succeed(located) })
  )
)

const at = (baseUrl: string): OracleConfig => ({
  ...defaultConfig,
  sites: { ...defaultConfig.sites, chatgpt: { baseUrl } }
})

const broken: OracleConfig = {
  ...defaultConfig,
  sites: { ...defaultConfig.sites, chatgpt: { overrides: { selectors: { nonsense: ["x"] } } } }
}

describe("ChatBrowser on Playwright", () => {
  it.effect("tells the facts of a site, with its address as configured", () =>
    Effect.gen(function*() {
      const chat = yield* ChatBrowser
      const chatgpt = yield* chat.site("chatgpt", at("http://localhost:9000"))
      const grok = yield* chat.site("grok", defaultConfig)
      const practice = yield* chat.site("practice", defaultConfig)
      assert.deepInclude(chatgpt, { name: "chatgpt", baseUrl: "http://localhost:9000/", archiveFormat: "tar.zst" })
      assert.deepInclude(grok, { archiveFormat: "tar.gz", archiveMaxBytes: 200 * 1024 * 1024 })
      assert.sameMembers([...chatgpt.presets], [...presets])
      assert.deepStrictEqual(grok.presets, [
        "current",
        "instant",
        "instant_auto_switch",
        "thinking_standard",
        "pro_standard",
        "pro_extended"
      ])
      assert.deepStrictEqual([chatgpt.historyAuthoritative, practice.historyAuthoritative], [false, true])
    }).pipe(Effect.provide(browser)))

  it.effect("names the key of a bad override, for facts, threads and pages alike", () =>
    Effect.gen(function*() {
      const chat = yield* ChatBrowser
      const request = { profileDir: "/p", tempDir: "/t", config: broken, onBrowser: () => Effect.void }
      const errors = yield* Effect.all([
        Effect.flip(chat.site("chatgpt", broken)),
        Effect.flip(chat.parseThread("chatgpt", broken, "abc")),
        Effect.flip(Effect.scoped(chat.open({ site: "chatgpt", ...request })))
      ])
      for (const error of errors) {
        assert.strictEqual(error.code, "config_invalid")
        assert.include(error.detail, "sites.chatgpt.overrides.selectors.nonsense")
      }
    }).pipe(Effect.provide(browser)))

  it.effect("takes an address or an id for a thread, and refuses one of another site", () =>
    Effect.gen(function*() {
      const chat = yield* ChatBrowser
      const config = at("http://localhost:9000")
      const thread = yield* chat.parseThread("chatgpt", config, "68a1b2c3-1111")
      const foreign = yield* Effect.flip(chat.parseThread("chatgpt", config, "https://chatgpt.com/c/68a1b2c3-1111"))
      assert.deepStrictEqual(thread, { url: "http://localhost:9000/c/68a1b2c3-1111", conversationId: "68a1b2c3-1111" })
      assert.strictEqual(foreign.code, "invalid_option")
    }).pipe(Effect.provide(browser)))
})
