import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { escapeJson, sanitise, sanitiseLine } from "../../src/text/Sanitise.ts"

describe("sanitise", () => {
  it("removes a window title with its text, whatever ends it", () => {
    assert.strictEqual(sanitise("a\u001b]0;evil title\u0007b"), "ab")
    assert.strictEqual(sanitise("a\u001b]0;evil title\u001b\\b"), "ab")
    assert.strictEqual(sanitise("a\u009d0;evil\u009cb"), "ab")
  })

  it("removes a hyperlink but keeps its text", () => {
    assert.strictEqual(sanitise("\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\"), "click")
  })

  it("keeps the lines after an unfinished sequence", () => {
    assert.strictEqual(sanitise("a\u001b]52;c;aGk=\nnext line"), "a\nnext line")
  })

  it("removes colours, cursor moves and one-byte forms of them", () => {
    assert.strictEqual(sanitise("\u001b[31mred\u001b[0m \u001b[2Jx\u009b1Ay\u001bcz"), "red xyz")
  })

  it("removes characters that turn the reading direction", () => {
    assert.strictEqual(sanitise("user\u202egnp.exe\u2066x\u200f"), "usergnp.exex")
  })

  it("keeps line feeds, tabs, emoji and letters of every script, and normalises line ends", () => {
    assert.strictEqual(sanitise("a\tb\r\nc\rd 👩‍💻 日本 é"), "a\tb\nc\nd 👩‍💻 日本 é")
  })

  it.prop("leaves nothing that a terminal obeys", [Schema.String], ([text]) => {
    // oxlint-disable-next-line eslint/no-control-regex
    assert.notMatch(sanitise(`${text}\u001b[1m\u009b`), /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  })
})

describe("sanitiseLine", () => {
  it("makes one line of several", () => {
    assert.strictEqual(sanitiseLine("a\n\tb\r\nc"), "a b c")
  })
})

describe("escapeJson", () => {
  it.prop("changes no value", [Schema.String], ([text]) => {
    const json = escapeJson(JSON.stringify({ text: `${text}\u009b\u202e\u2028` }))
    assert.deepStrictEqual(JSON.parse(json), { text: `${text}\u009b\u202e\u2028` })
    assert.notInclude(json, "\u202e")
    assert.notInclude(json, "\u009b")
  })
})
