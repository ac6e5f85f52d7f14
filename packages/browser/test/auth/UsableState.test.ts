import { masked } from "@effect-oracle/browser/auth/MaskedIdentity"
import type { FileCookie } from "@effect-oracle/browser/auth/StateFile"
import { usableState } from "@effect-oracle/browser/auth/UsableState"
import type { SiteDefinition } from "@effect-oracle/browser/site/Site"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { config } from "../launch/workspace.ts"

const now = 1_800_000_000
const token = "__Secure-next-auth.session-token"

const moved = (baseUrl: string): OracleConfig => ({ ...config, sites: { ...config.sites, chatgpt: { baseUrl } } })
const chatgpt: SiteDefinition = Result.getOrThrow(resolveSite("chatgpt", config))
const local: SiteDefinition = Result.getOrThrow(resolveSite("chatgpt", moved("http://127.0.0.1:4000")))

const cookie = (more: Partial<FileCookie>): FileCookie => ({
  name: token,
  value: "very-secret",
  domain: ".chatgpt.com",
  ...more
})

const filter = (site: SiteDefinition, cookies: ReadonlyArray<FileCookie>, origins: ReadonlyArray<string> = []) =>
  usableState(
    site,
    { name: "state.json", code: "state_file_invalid", step: "export it again" },
    { cookies, origins: origins.map((origin) => ({ origin, localStorage: [] })) },
    now
  )

const refusal = (site: SiteDefinition, cookies: ReadonlyArray<FileCookie>): string => {
  const found = filter(site, cookies)
  if (Result.isSuccess(found)) return assert.fail("it was accepted")
  assert.strictEqual(found.failure.code, "state_file_invalid")
  assert.notInclude(JSON.stringify(found.failure), "very-secret")
  return found.failure.message
}

describe("usableState", () => {
  it("takes only cookies that the site definition names, by domain and name", () => {
    const foreign = [
      cookie({ name: "SID", domain: ".google.com" }),
      cookie({ domain: "chatgpt.com.evil.example" }),
      cookie({ domain: "evilchatgpt.com" }),
      cookie({ name: "conv_key_1" })
    ]
    const { cookies } = Result.getOrThrow(filter(chatgpt, [...foreign, cookie({}), cookie({ name: `${token}.0` })]))
    assert.deepStrictEqual(cookies.map(({ domain, name }) => [domain, name]), [
      [".chatgpt.com", token],
      [".chatgpt.com", `${token}.0`]
    ])
  })

  it("takes all cookies of exactly the host that the site was moved to", () => {
    const found = Result.getOrThrow(filter(local, [
      cookie({ domain: "127.0.0.1", name: "anything" }),
      cookie({ domain: ".chatgpt.com" }),
      cookie({ domain: "127.0.0.11" })
    ], ["http://127.0.0.1:4000", "http://127.0.0.1:4001", "https://chatgpt.com"]))
    assert.deepStrictEqual(found.cookies.map(({ name }) => name), ["anything"])
    assert.deepStrictEqual(found.origins.map(({ origin }) => origin), ["http://127.0.0.1:4000"])
  })

  it("leaves expired cookies out and names them", () => {
    const found = Result.getOrThrow(
      filter(chatgpt, [cookie({ expires: now - 1 }), cookie({ name: `${token}.0`, expires: now + 1 })])
    )
    assert.deepStrictEqual([found.cookies.map(({ name }) => name), found.expired], [[`${token}.0`], [token]])
  })

  it("says why nothing is left", () => {
    assert.strictEqual(refusal(chatgpt, []), "state.json: it holds no cookies")
    assert.strictEqual(
      refusal(chatgpt, [cookie({ expires: 1 })]),
      `state.json: the cookies for ChatGPT have expired: ${token}`
    )
    assert.strictEqual(
      refusal(chatgpt, [cookie({ domain: ".google.com" }), cookie({ domain: "x.example" })]),
      "state.json: none of its 2 cookies belongs to ChatGPT at https://chatgpt.com/; they are for .google.com, x.example"
    )
    const many = ["a", "b", "c", "d", "e", "f", "g"].map((domain) => cookie({ domain }))
    assert.include(refusal(chatgpt, many), "a, b, c, d, e and 2 more")
  })

  it("refuses cookies among which none carries a login, and says which would", () => {
    assert.strictEqual(
      refusal(chatgpt, [cookie({ name: "_account" })]),
      `state.json: it has no session cookie of ChatGPT (${token}*), so nobody is signed in there`
    )
    assert.strictEqual(
      refusal(chatgpt, [cookie({ name: "_account" }), cookie({ expires: 1 })]),
      `state.json: its session cookie has expired: ${token}`
    )
    assert.isFalse(Result.getOrThrow(filter(local, [cookie({ domain: "127.0.0.1", name: "sid" })])).hasLogin)
  })

  it("reads the spellings of cookie extensions", () => {
    const { cookies } = Result.getOrThrow(filter(local, [
      cookie({ domain: "127.0.0.1", name: "a", expirationDate: now + 10.5, sameSite: "no_restriction", secure: true }),
      cookie({ domain: "127.0.0.1", name: "b", expires: (now + 10) * 1000, sameSite: "unspecified" }),
      cookie({ domain: "127.0.0.1", name: "c", expires: -1, sameSite: "lax" }),
      cookie({ domain: "127.0.0.1", name: "d", expires: 0, sameSite: "None" }),
      cookie({ domain: "127.0.0.1", name: token })
    ]))
    assert.deepStrictEqual(cookies.map(({ expires, sameSite, secure }) => [expires, sameSite, secure]), [
      [now + 10.5, "None", true],
      [now + 10, undefined, false],
      [-1, "Lax", false],
      [-1, undefined, false],
      [-1, undefined, true]
    ])
  })
})

describe("masked", () => {
  it("keeps what lets a person recognise the account", () => {
    assert.strictEqual(masked("jane@example.com"), "j***@example.com")
    assert.strictEqual(masked("user-8f3a91"), "us***")
    assert.isNull(masked(null))
    assert.isNull(masked("  "))
  })
})
