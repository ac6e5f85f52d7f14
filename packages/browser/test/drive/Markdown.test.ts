import { convert } from "@effect-oracle/browser/drive/markdown/Markdown"
import { assert, describe, it } from "@effect/vitest"

const markdownOf = (html: string): string => convert(`<div class="markdown prose">${html}</div>`).markdown
const textOf = (html: string): string => convert(`<div class="markdown prose">${html}</div>`).text

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

const codeBlock = (code: string, language: string): string =>
  "<pre class=\"overflow-visible!\"><div class=\"contain-inline-size\"><div class=\"flex items-center justify-between\">"
  + `${language}<div class="sticky"><button aria-label="Copy">Copy code</button></div></div>`
  + `<div dir="ltr"><code class="whitespace-pre! language-${language}"><span>${
    escape(code)
  }</span></code></div></div></pre>`

const code =
  "const a = `$&` // \"quotes\" & <tags>\n\n\tif (a) {\n    return \"trailing  \"   \n}\n```\nfence inside\n```\n"

describe("Markdown", () => {
  it("keeps code byte for byte, with its language and without the header of the block", () => {
    const found = /^````ts\n([\s\S]*)\n````\n$/.exec(markdownOf(codeBlock(code, "ts")))
    assert.strictEqual(found?.[1], code.slice(0, -1))
    assert.include(textOf(codeBlock(code, "ts")), code.trim())
  })

  it("takes the language from the header where the code has no class", () => {
    const html =
      "<pre><div class=\"code-header\"><span>python</span><button>Copy</button></div><code>print(1)\n</code></pre>"
    assert.strictEqual(markdownOf(html), "```python\nprint(1)\n```\n")
  })

  it("reads code of an editor that shows each line as an element", () => {
    const html =
      "<pre><div class=\"cm-content\"><div class=\"cm-line\">a</div><div class=\"cm-line\"><br></div><div class=\"cm-line\">  b</div></div></pre>"
    assert.strictEqual(markdownOf(html), "```\na\n\n  b\n```\n")
  })

  it("keeps blank lines inside of code in both forms", () => {
    const html = codeBlock("a\n\n\n\nb\n", "text")
    assert.include(markdownOf(html), "a\n\n\n\nb")
    assert.include(textOf(html), "a\n\n\n\nb")
  })

  it("keeps math as TeX, in the line and as a block", () => {
    const katex = (tex: string) =>
      "<span class=\"katex\"><span class=\"katex-mathml\"><math><semantics><mrow><mi>x</mi></mrow>"
      + `<annotation encoding="application/x-tex">${tex}</annotation></semantics></math></span>`
      + "<span class=\"katex-html\" aria-hidden=\"true\">x·2</span></span>"
    const html = `<p>so ${katex("x_0 \\cdot 2^n")} holds</p><p><span class="katex-display">${
      katex("\\sum_{k} \\\\\n k^2")
    }</span></p>`
    assert.strictEqual(markdownOf(html), "so $x_0 \\cdot 2^n$ holds\n\n$$\n\\sum_{k} \\\\\n k^2\n$$\n")
  })

  it("keeps nested lists tight, numbers as they were, and tasks", () => {
    const html = "<ol start=\"3\"><li><p>three</p><ul><li><p>inner</p></li></ul></li><li><p>four</p></li></ol>"
      + "<ul><li><input type=\"checkbox\" checked disabled> done</li><li><input type=\"checkbox\" disabled> open</li></ul>"
    assert.strictEqual(markdownOf(html), "3. three\n   - inner\n4. four\n\n- [x] done\n- [ ] open\n")
    assert.strictEqual(textOf(html), "3. three\n   - inner\n4. four\n\n- [x] done\n- [ ] open\n")
  })

  it("keeps tables with their alignment and with bars inside of cells", () => {
    const html = "<div><table><thead><tr><th>A</th><th style=\"text-align: right\">B</th></tr></thead>"
      + "<tbody><tr><td>x | y</td><td align=\"right\"><code>a|b</code></td></tr></tbody></table></div>"
    assert.strictEqual(markdownOf(html), "| A | B |\n| --- | ---: |\n| x \\| y | `a\\|b` |\n")
  })

  it("keeps links, emphasis, quotes, headings and images", () => {
    const html = "<h2>Title</h2><blockquote><p>said <strong>he</strong></p></blockquote>"
      + "<p><em>see</em> <a href=\"https://example.org/a?b=1\">this<span aria-hidden=\"true\">↗</span></a> <img alt=\"a chart\" src=\"https://example.org/c.png\"></p>"
    assert.strictEqual(
      markdownOf(html),
      "## Title\n\n> said **he**\n\n*see* [this](https://example.org/a?b=1) ![a chart](https://example.org/c.png)\n"
    )
  })

  it("writes citations as footnotes, each source once", () => {
    const pill = (url: string, label: string) =>
      `<span data-state="closed"><span data-testid="webpage-citation-pill"><a href="${url}"><span>${label}</span></a></span></span>`
    const html = `<p>True.${pill("https://example.org/x", "example.org")} Old.${pill("https://b.test/", "b")}</p>`
      + `<ul><li>Again.${pill("https://example.org/x", "example.org")}</li></ul><p><cite>A title</cite></p>`
    assert.strictEqual(
      markdownOf(html),
      "True.[^1] Old.[^2]\n\n- Again.[^1]\n\nA title\n\n[^1]: [example.org](https://example.org/x)\n\n[^2]: [b](https://b.test/)\n"
    )
    assert.strictEqual(
      textOf(html),
      "True. [1] Old. [2]\n\n- Again. [1]\n\nA title\n\n[1] example.org: https://example.org/x\n\n[2] b: https://b.test/\n"
    )
    assert.match(markdownOf(`<p>True ${pill("https://b.test/", "b")} and more</p>`), /^True \[\^1\] and more\n/)
  })

  it("keeps the label of a file button and drops every other control", () => {
    const html =
      "<p>Here: <button class=\"behavior-btn\" data-sandbox-path=\"/mnt/data/a b.csv\">Download the file</button> <button>Copy</button></p>"
    assert.strictEqual(markdownOf(html), "Here: [Download the file](sandbox:/mnt/data/a%20b.csv)\n")
  })

  it("runs no script and keeps no hidden words", () => {
    const html = "<p>seen<script>alert(1)</script><span class=\"sr-only\">not seen</span><style>p{}</style></p>"
    assert.strictEqual(markdownOf(html), "seen\n")
  })

  it("escapes what would become markup and keeps special replacement text", () => {
    assert.strictEqual(textOf("<p>*not bold* $&amp; $1 # no heading</p>"), "*not bold* $& $1 # no heading\n")
    assert.strictEqual(markdownOf("<p>*not bold*</p>"), "\\*not bold\\*\n")
  })

  it("gives the same output for the same input", () => {
    const html = codeBlock(code, "ts") + "<p>a</p>"
    assert.strictEqual(markdownOf(html), markdownOf(html))
  })

  it("gives nothing for nothing", () => {
    assert.deepStrictEqual(convert(""), { markdown: "", text: "" })
  })
})
