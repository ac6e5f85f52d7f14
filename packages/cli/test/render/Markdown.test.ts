import { assert, describe, it } from "@effect/vitest"
import { renderMarkdown } from "../../src/render/markdown/renderMarkdown.ts"
import { glyphsOf } from "../../src/render/TerminalKind.ts"

const glyphs = glyphsOf({ LANG: "C.UTF-8" }, "linux")
const look = { width: 40, glyphs, paint: (_: string, text: string) => text }
const marked = { ...look, paint: (style: string, text: string) => `<${style}>${text}</${style}>` }
const lines = (markdown: string) => renderMarkdown(markdown, look).split("\n")

describe("renderMarkdown", () => {
  it("breaks text between words and keeps a word that is too wide", () => {
    const [first = "", ...rest] = lines(`${"word ".repeat(12)}\n\n${"x".repeat(60)}`)
    assert.isAtMost(first.length, 40)
    assert.strictEqual(rest.at(-1), "x".repeat(60))
  })

  it("keeps code as it stands, and every cell of a table", () => {
    const code = "  const a = `x`  // <b> \\n"
    assert.include(renderMarkdown(`\`\`\`ts\n${code}\n\`\`\``, look), code)
    const wide = "y".repeat(80)
    const table = renderMarkdown(`| a | b |\n| --- | ---: |\n| ${wide} | 1 \\| 2 |`, look)
    assert.include(table, wide)
    assert.include(table, "1 | 2")
  })

  it("hangs lists under their marks, numbers them and ticks boxes", () => {
    assert.deepStrictEqual(lines("- one\n  - two\n- [x] done\n\n9. nine\n10. ten"), [
      "• one",
      "  • two",
      "• [x] done",
      "",
      " 9. nine",
      "10. ten"
    ])
  })

  it("shows where a link leads, unless its text says so", () => {
    assert.deepStrictEqual(lines("[here](https://a.example/x) <https://b.example>"), [
      "here (https://a.example/x)",
      "https://b.example"
    ])
  })

  it("quotes, rules and styles", () => {
    const text = renderMarkdown("> said\n\n---\n\n**b** *i* ~~d~~ `c`", marked)
    assert.include(text, "<dim>│</dim> said")
    assert.include(text, "<bold>b</bold> <italic>i</italic> <dim>d</dim> <cyan>c</cyan>")
  })

  it("gives back every word of a text that is no Markdown", () => {
    const text = "a_b * c < d > & [x] $y$ \\z"
    assert.strictEqual(renderMarkdown(text, { ...look, width: 100 }), "a_b * c < d > & [x] $y$ \\z")
  })
})
