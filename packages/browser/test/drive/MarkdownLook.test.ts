import { convert } from "@effect-oracle/browser/drive/markdown/Markdown"
import { assert, describe, it } from "@effect/vitest"

const markdown = (html: string) => convert(html).markdown.trim()

describe("Markdown of an answer", () => {
  it("leaves names and addresses as a person would copy them", () => {
    assert.strictEqual(
      markdown("<p>AT&amp;T, me@example.org, https://example.org/?a=1&amp;b=2_3 and www.example.org</p>"),
      "AT&T, me@example.org, https://example.org/?a=1&b=2_3 and www.example.org"
    )
    assert.strictEqual(
      markdown("<p><a href=\"https://example.org/x?a=1&amp;b=2_3#c\">the manual</a></p>"),
      "[the manual](https://example.org/x?a=1&b=2_3#c)"
    )
  })

  it("keeps the escapes without which the text would say something else", () => {
    assert.strictEqual(markdown("<p>&amp;copy; is not ©</p>"), "\\&copy; is not ©")
    assert.strictEqual(markdown("<p>1. no list</p>"), "1\\. no list")
    assert.strictEqual(markdown("<p>__init__</p>"), "\\_\\_init\\_\\_")
  })

  it("keeps an address with parentheses or a bar whole, also in a table", () => {
    assert.strictEqual(
      markdown("<p><a href=\"https://example.org/a_(b)\">x</a></p>"),
      "[x](<https://example.org/a_(b)>)"
    )
    assert.include(
      markdown("<table><tr><th>a</th></tr><tr><td><a href=\"https://example.org/?a|b\">l|l</a></td></tr></table>"),
      "| [l\\|l](https://example.org/?a%7Cb) |"
    )
  })
})
