import { mayFetch, pointedAt, sandboxAddresses } from "@effect-oracle/browser/drive/artifacts/AddressPolicy"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { defaultConfig } from "@effect-oracle/core/config/OracleConfig"
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"

const site = Result.getOrThrow(resolveSite("chatgpt", defaultConfig))

describe("mayFetch", () => {
  it("allows the site and its file hosts", () => {
    assert.isTrue(mayFetch(site, "https://chatgpt.com/backend-api/estuary/content?id=file_1"))
    assert.isTrue(mayFetch(site, "https://files.oaiusercontent.com/x"))
    assert.isTrue(mayFetch(site, "https://sdmntpr.oaiusercontent.com/x"))
  })

  for (
    const address of [
      "https://evil.example/x",
      "http://files.oaiusercontent.com/x",
      "https://oaiusercontent.com.evil.example/x",
      "https://user:pass@chatgpt.com/x",
      "file:///etc/passwd",
      "http://127.0.0.1/x",
      "javascript:alert(1)",
      "nonsense"
    ]
  ) {
    it(`refuses ${address}`, () => {
      assert.isFalse(mayFetch(site, address))
    })
  }
})

describe("ways to a file", () => {
  it("follows a download_url and takes any other JSON for the file itself", () => {
    assert.deepStrictEqual(pointedAt({ download_url: "/x", file_name: "a.txt" }), { url: "/x", name: "a.txt" })
    assert.isNull(pointedAt({ rows: [1] }))
    assert.isNull(pointedAt("text"))
  })

  it("leaves out addresses whose parts are not known", () => {
    const path = "/mnt/data/a b.csv"
    const [only, ...none] = sandboxAddresses(site, { path, conversationId: null, messageId: null })
    assert.strictEqual(only, "https://chatgpt.com/backend-api/sandbox/download?path=%2Fmnt%2Fdata%2Fa%20b.csv")
    assert.deepStrictEqual(none, [])
    assert.lengthOf(sandboxAddresses(site, { path, conversationId: "c", messageId: "m" }), 2)
  })
})
