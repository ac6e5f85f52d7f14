import { says } from "@effect-oracle/browser/page-script/words"
import { cookieAllowed } from "@effect-oracle/browser/site/CookiePolicy"
import { SiteDefinition } from "@effect-oracle/browser/site/Site"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { defaultConfig, type OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import type { SiteName } from "@effect-oracle/core/domain/Ids"
import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"

type Settings = OracleConfig["sites"]["chatgpt"]

const resolved = (name: SiteName, settings: Settings = {}) =>
  resolveSite(name, { ...defaultConfig, sites: { ...defaultConfig.sites, [name]: settings } })

const site = (name: SiteName, settings?: Settings): SiteDefinition => Result.getOrThrow(resolved(name, settings))

const keyOfFailure = (settings: Settings): string => {
  const result = resolved("chatgpt", settings)
  assert.isTrue(Result.isFailure(result))
  return Result.isFailure(result)
    ? `${result.failure.code} ${JSON.stringify(result.failure.facts?.["key"] ?? null)}`
    : ""
}

describe("resolveSite", () => {
  for (const name of ["chatgpt", "grok", "practice"] as const) {
    it(`has a valid definition of ${name}`, () => {
      const decoded = Schema.decodeUnknownResult(SiteDefinition)(site(name), { onExcessProperty: "error" })
      assert.isTrue(Result.isSuccess(decoded))
    })
  }

  it("gives practice what ChatGPT has, under its own name and address", () => {
    const { baseUrl, selectors } = site("practice", { baseUrl: "http://127.0.0.1:9999" })
    assert.strictEqual(baseUrl, "http://127.0.0.1:9999/")
    assert.deepStrictEqual(selectors, site("chatgpt").selectors)
  })

  it("gives each site the archive format that it unpacks", () => {
    const formats = (["chatgpt", "grok", "practice"] as const).map((name) => site(name).archive.format)
    assert.deepStrictEqual(formats, ["tar.zst", "tar.gz", "tar.zst"])
    assert.strictEqual(site("grok", { baseUrl: "http://127.0.0.1:9999" }).archive.format, "tar.gz")
  })

  it("moves every origin check with the base address", () => {
    const moved = site("chatgpt", { baseUrl: "http://localhost:4000/chat" })
    assert.deepStrictEqual(moved.origins, ["http://localhost:4000"])
    assert.deepStrictEqual(moved.authOrigins, [])
    assert.deepStrictEqual(moved.fileHosts, [])
    assert.strictEqual(moved.baseUrl, "http://localhost:4000/chat/")
  })

  it("merges overrides, nested or dotted, and leaves the rest", () => {
    const changed = site("chatgpt", { overrides: { "selectors.turn": ["#turn"], labels: { send: ["^go$"] } } })
    assert.deepStrictEqual(changed.selectors.turn, ["#turn"])
    assert.deepStrictEqual(changed.labels.send, ["^go$"])
    assert.deepStrictEqual(changed.selectors.userTurn, site("chatgpt").selectors.userTurn)
  })

  it("knows what deletes a conversation in every language whose words it has", () => {
    const { deleteConversation } = site("chatgpt").labels
    for (const words of ["Delete", "Löschen", "Supprimer", "Eliminar", "Excluir", "Elimina", "Verwijderen", "Usuń"]) {
      assert.isTrue(says(words, deleteConversation), words)
    }
    for (
      const words of [
        "Delete chat?",
        "Chat löschen?",
        "¿Eliminar chat?",
        "チャットを削除しますか？",
        "删除聊天？",
        "채팅을 삭제하시겠습니까?"
      ]
    ) {
      assert.isTrue(says(words, deleteConversation), words)
    }
    for (const words of ["Delete project", "Archivieren", "Projekt löschen", "Supprimer le projet"]) {
      assert.isFalse(says(words, deleteConversation), words)
    }
  })

  it("names the key of a bad override", () => {
    assert.strictEqual(
      keyOfFailure({ overrides: { selectors: { turns: ["x"] } } }),
      "config_invalid \"sites.chatgpt.overrides.selectors.turns\""
    )
    assert.strictEqual(
      keyOfFailure({ overrides: { labels: { send: ["("] } } }),
      "config_invalid \"sites.chatgpt.overrides.labels.send\""
    )
    assert.strictEqual(
      keyOfFailure({ overrides: { limits: { sendProofMs: "soon" } } }),
      "config_invalid \"sites.chatgpt.overrides.limits.sendProofMs\""
    )
    assert.strictEqual(keyOfFailure({ overrides: { name: "x" } }), "config_invalid \"sites.chatgpt.overrides.name\"")
    assert.strictEqual(
      keyOfFailure({ overrides: { origins: ["chatgpt.com"] } }),
      "config_invalid \"sites.chatgpt.overrides.origins\""
    )
    assert.strictEqual(
      keyOfFailure({ overrides: { cookies: [{ domain: "a" }] } }),
      "config_invalid \"sites.chatgpt.overrides.cookies.name\""
    )
  })

  it("says which key was meant", () => {
    const result = resolved("chatgpt", { overrides: { "selectors.sendButon": ["x"] } })
    assert.isTrue(Result.isFailure(result))
    if (Result.isFailure(result)) assert.include(result.failure.detail, "did you mean sendButton?")
  })

  it("keeps further origins of a moved site, and every other part that is overridden", () => {
    const overrides = { origins: ["https://chat.example"], fileHosts: ["files.example"], maxJobsPerAccount: 1 }
    const changed = site("chatgpt", { baseUrl: "http://localhost:4000", overrides })
    assert.deepStrictEqual(changed.origins, ["http://localhost:4000", "https://chat.example"])
    assert.deepStrictEqual([changed.fileHosts, changed.maxJobsPerAccount], [["files.example"], 1])
  })
})

describe("cookieAllowed", () => {
  const chatgpt = site("chatgpt")

  it("keeps session cookies and their numbered pieces, and nothing foreign", () => {
    const token = "__Secure-next-auth.session-token.0"
    assert.isTrue(cookieAllowed(chatgpt, { domain: ".chatgpt.com", name: token }))
    assert.isTrue(cookieAllowed(chatgpt, { domain: "chatgpt.com", name: "cf_clearance" }))
    assert.isFalse(cookieAllowed(chatgpt, { domain: ".chatgpt.com", name: "conv_key_1" }))
    assert.isFalse(cookieAllowed(chatgpt, { domain: "evilchatgpt.com", name: token }))
    assert.isFalse(cookieAllowed(chatgpt, { domain: "google.com", name: token }))
  })

  it("keeps all cookies of exactly the host that the site was moved to", () => {
    const moved = site("chatgpt", { baseUrl: "http://127.0.0.1:4000" })
    assert.isTrue(cookieAllowed(moved, { domain: "127.0.0.1", name: "anything" }))
    assert.isFalse(cookieAllowed(moved, { domain: "chatgpt.com", name: "cf_clearance" }))
  })
})
