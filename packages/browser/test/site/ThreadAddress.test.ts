import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { newChatUrl, parseThreadValue, threadAt, threadUrl } from "@effect-oracle/browser/site/ThreadAddress"
import { defaultConfig } from "@effect-oracle/core/config/OracleConfig"
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"

const site = Result.getOrThrow(resolveSite("chatgpt", defaultConfig))
const id = "68a1b2c3-0000-8000-a000-123456789abc"

const idAt = (address: string): string | null => threadAt(site, address)?.conversationId ?? null

describe("threadAt", () => {
  it("reads the id of a conversation, also in a project and behind a query", () => {
    assert.strictEqual(idAt(`https://chatgpt.com/c/${id}`), id)
    assert.strictEqual(idAt(`https://chatgpt.com/c/${id}?model=x#end`), id)
    assert.strictEqual(idAt(`https://chatgpt.com/g/g-p-1/c/${id}`), id)
    assert.strictEqual(idAt(`https://chatgpt.com/#/c/${id}`), id)
  })

  for (
    const address of [
      "https://chatgpt.com/",
      "https://chatgpt.com/c/WEB:11111111-2222",
      "https://chatgpt.com/c/WEB%3A11111111-2222",
      "https://chatgpt.com/?temporary-chat=true",
      `https://elsewhere.example/c/${id}`,
      "about:blank",
      "not an address"
    ]
  ) {
    it(`finds no durable conversation at ${address}`, () => {
      assert.isNull(threadAt(site, address))
    })
  }
})

describe("parseThreadValue", () => {
  it("takes an address or an id, and refuses what is neither", () => {
    assert.deepStrictEqual(parseThreadValue(site, id), { url: `https://chatgpt.com/c/${id}`, conversationId: id })
    assert.strictEqual(parseThreadValue(site, ` https://chatgpt.com/c/${id} `)?.conversationId, id)
    assert.isNull(parseThreadValue(site, "https://elsewhere.example/c/1"))
    assert.isNull(parseThreadValue(site, "../../etc"))
    assert.isNull(parseThreadValue(site, ""))
  })

  it("builds addresses under a base address with a path", () => {
    const moved = { ...site, baseUrl: "http://localhost:1/chat/", origins: ["http://localhost:1"] }
    assert.strictEqual(threadUrl(moved, id), `http://localhost:1/chat/c/${id}`)
    assert.strictEqual(newChatUrl(moved), "http://localhost:1/chat/")
    assert.strictEqual(threadAt(moved, threadUrl(moved, id))?.conversationId, id)
  })
})
