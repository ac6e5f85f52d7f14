import { citation, richBody } from "@effect-oracle/practice/answer/richBody"
import { renderMarkdown, settledLength } from "@effect-oracle/practice/page/markdown"
import { assert, describe, it } from "vitest"

describe("renderMarkdown", () => {
  it("renders code blocks with a header that names the language and a copy button", () => {
    const html = renderMarkdown("```ts\nconst a = 1 < 2 && \"x\"\n```")
    assert.include(html, ">ts<div class=\"sticky")
    assert.include(html, "Copy code</button>")
    assert.include(html, "<code class=\"whitespace-pre! language-ts\">")
    assert.include(html, "1 &lt; 2 &amp;&amp; &quot;x&quot;\n")
  })

  it("nests lists", () => {
    const html = renderMarkdown("- a\n  - b\n    - c\n- d\n\n1. one\n2. two").replaceAll(/ data-start="\d+"|\n/g, "")
    assert.strictEqual(
      html,
      "<ul><li><p>a</p><ul><li><p>b</p><ul><li><p>c</p></li></ul></li></ul></li><li><p>d</p></li></ul><ol><li><p>one</p></li><li><p>two</p></li></ol>"
    )
  })

  it("aligns table cells and keeps escaped bars inside them", () => {
    const html = renderMarkdown("| a | b |\n| :--- | ---: |\n| x \\| y | **1** |")
    assert.include(html, "x | y</td>")
    assert.include(html, "align=\"right\"><strong>1</strong></td>")
  })

  it("annotates math with its source", () => {
    assert.include(
      renderMarkdown("so \\(t_n = 2^n\\)."),
      "<annotation encoding=\"application/x-tex\">t_n = 2^n</annotation>"
    )
    assert.include(renderMarkdown("\\[\n\\sum x\n\\]"), "<span class=\"katex-display\">")
  })

  it("turns sandbox links into file controls", () => {
    assert.include(
      renderMarkdown("[results.csv](sandbox:/mnt/data/results.csv)"),
      "href=\"sandbox:/mnt/data/results.csv\""
    )
    assert.include(
      renderMarkdown("[Download the file](sandbox:/mnt/data/s.xlsx)"),
      "<button type=\"button\" class=\"behavior-btn"
    )
  })

  it("shows a citation as a pill and hides its marker", () => {
    const html = renderMarkdown(`See.${citation.matched_text}`, [citation])
    assert.include(html, "webpage-citation-pill")
    assert.notInclude(html, "turn0search0")
  })

  it("lets no markup of the source through", () => {
    assert.notInclude(renderMarkdown("<img src=x onerror=alert(1)> **<b>** `<i>`"), "<img")
  })

  it("gives the same for the settled part and the rest as for the whole", () => {
    const settled = settledLength(richBody)
    const parts = `${renderMarkdown(richBody.slice(0, settled), [citation])}\n${
      renderMarkdown(richBody.slice(settled), [citation])
    }`
    assert.isAbove(settled, 0)
    assert.strictEqual(parts, renderMarkdown(richBody, [citation]))
  })
})
