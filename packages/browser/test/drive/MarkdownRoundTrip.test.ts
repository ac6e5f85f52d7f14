/** Known sources, drawn as the product draws them, must come back as they were. */
import { convert } from "@effect-oracle/browser/drive/markdown/Markdown"
import { citation, richBody } from "@effect-oracle/practice/answer/richBody"
import { renderMarkdown } from "@effect-oracle/practice/page/markdown"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"

const back = (source: string): string =>
  convert(`<div class="markdown prose">${renderMarkdown(source)}</div>`).markdown.trimEnd()

const words = ["lease", "the", "of 3", "it’s", "漢字", "naïve", "🙂", "a.b", "x = y", "100%", "C#4", "AT&T", "a > b"]
const Word = Schema.Literals(words)
const Inline = Schema.Union([
  Word,
  Schema.Literals([
    "**bold**",
    "*soft*",
    "~~gone~~",
    "`a \\ b`",
    "`$1 <b>`",
    "[a link](https://example.org/a_b?c=1&d=2)"
  ])
])
const Line = Schema.Array(Inline).check(Schema.isMinLength(1), Schema.isMaxLength(6))
const Code = Schema.Array(
  Schema.Literals(["", "  indented", "\tif (a) {", "// $& `x` **y**", "| a | b |", "# no heading"])
)
  .check(Schema.isMaxLength(5))
const Cells = Schema.Tuple([Word, Word, Word])

const Block = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("text"), line: Line }),
  Schema.Struct({ kind: Schema.Literal("heading"), level: Schema.Literals([1, 2, 3, 4, 5, 6]), line: Line }),
  Schema.Struct({ kind: Schema.Literal("quote"), line: Line }),
  Schema.Struct({ kind: Schema.Literal("code"), language: Schema.Literals(["ts", "python", "bash"]), code: Code }),
  Schema.Struct({
    kind: Schema.Literal("list"),
    items: Schema.Array(Line).check(Schema.isMinLength(1), Schema.isMaxLength(4))
  }),
  Schema.Struct({ kind: Schema.Literal("nested"), outer: Line, inner: Line, last: Line }),
  Schema.Struct({
    kind: Schema.Literal("numbers"),
    start: Schema.Literals([1, 3, 9]),
    items: Schema.Tuple([Line, Line])
  }),
  Schema.Struct({
    kind: Schema.Literal("table"),
    rows: Schema.Array(Cells).check(Schema.isMinLength(1), Schema.isMaxLength(3))
  })
])
type Block = typeof Block.Type

const join = (line: ReadonlyArray<string>): string => line.join(" ")

/** Blocks as a careful author writes them; neighbours of the same kind would run together. */
const write = (block: Block): string => {
  switch (block.kind) {
    case "text":
      return join(block.line)
    case "heading":
      return `${"#".repeat(block.level)} ${join(block.line)}`
    case "quote":
      return `> ${join(block.line)}`
    case "code":
      return `\`\`\`${block.language}\n${[...block.code, "end"].map((line) => `${line}\n`).join("")}\`\`\``
    case "list":
      return block.items.map((item) => `- ${join(item)}`).join("\n")
    case "nested":
      return `- ${join(block.outer)}\n  - ${join(block.inner)}\n- ${join(block.last)}`
    case "numbers":
      return block.items.map((item, index) => `${block.start + index}. ${join(item)}`).join("\n")
    case "table":
      return [["A", "B", "C"], ["---", "---", "---"], ...block.rows]
        .map((row) => `| ${row.join(" | ")} |`).join("\n")
  }
}

const between = (blocks: ReadonlyArray<Block>): ReadonlyArray<Block> =>
  blocks.flatMap((block): ReadonlyArray<Block> => [block, { kind: "text", line: ["and"] }])

describe("An answer whose source is known", () => {
  it.prop(
    "comes back as it was written",
    [Schema.Array(Block).check(Schema.isMinLength(1), Schema.isMaxLength(6))],
    ([blocks]) => {
      const source = between(blocks).map(write).join("\n\n")
      assert.strictEqual(back(source), source)
    }
  )

  it("comes back with everything that an answer can hold", () => {
    const html = `<div class="markdown prose">${renderMarkdown(richBody, [citation])}</div>`
    const found = convert(html).markdown.trimEnd()
    const wanted = richBody
      .replace(citation.matched_text, "[^1]")
      .replaceAll("fencing).\nThe", "fencing).\\\nThe")
      .replace("| :--- | ---: | :---: |", "| --- | ---: | :---: |")
      .replace("\\(t_n = t_0 \\cdot 2^n\\)", "$t_n = t_0 \\cdot 2^n$")
      .replace("\\[\n", () => "$$\n").replace("\n\\]", () => "\n$$")
    assert.strictEqual(found, `${wanted}\n\n[^1]: [example.org](${citation.url})`)
  })
})
