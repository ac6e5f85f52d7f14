import { convert } from "@effect-oracle/browser/drive/markdown/Markdown"
import { assert, describe, it } from "@effect/vitest"

const converted = (html: string) => convert(`<div class="markdown">${html}</div>`)
const markdown = (html: string) => converted(html).markdown

const python = "```python\nx = 1\n```\n"

describe("Language of a code block", () => {
  const forms: ReadonlyArray<readonly [name: string, html: string]> = [
    [
      "a header without a class",
      "<pre><div><div>python</div><button>Copy code</button></div><code>x = 1\n</code></pre>"
    ],
    ["a header whose control is plain text", "<pre><div>python<span>Copy code</span></div><code>x = 1\n</code></pre>"],
    [
      "a header beside the block, in a frame of both",
      "<div class=\"code\"><div><span>Python</span><button>Copy</button></div><pre><code>x = 1\n</code></pre></div>"
    ],
    [
      "a header beside a block that says its language too",
      "<div><div>Python</div><pre><code class=\"language-python\">x = 1\n</code></pre></div>"
    ],
    [
      "a header beside boxes that hold the block",
      "<div><div><span>python</span></div><div><button>Wrap</button></div><div><div class=\"shiki\"><pre><code>x = 1\n</code></pre></div></div></div>"
    ],
    ["the class of a highlighter", "<pre><code class=\"python hljs\">x = 1\n</code></pre>"],
    ["an attribute", "<pre data-lang=\"python\"><code>x = 1\n</code></pre>"]
  ]
  for (const [name, html] of forms) {
    it(`is found in ${name}`, () => {
      assert.strictEqual(markdown(html), python)
    })
  }

  it("is not taken from text that is no header", () => {
    assert.strictEqual(
      markdown("<div><p>Example</p><pre><code>x\n</code></pre></div>"),
      "Example\n\n```\nx\n```\n"
    )
    assert.strictEqual(
      markdown("<span>Answer</span><pre><code>x\n</code></pre>"),
      "Answer\n\n```\nx\n```\n"
    )
    assert.strictEqual(
      markdown("<div><div>two words</div><pre><code>x\n</code></pre></div>"),
      "two words\n\n```\nx\n```\n"
    )
  })
})

describe("An answer that the page does not draw", () => {
  const source =
    "# Title\n\nSome **bold** `code` & <T>.\n\n- a\n  - b\n\n```ts\nconst x = 1\n\n// end\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
  const html = source.replaceAll("&", "&amp;").replaceAll("<", "&lt;")

  it("is Markdown already, and stays as it is", () => {
    assert.strictEqual(markdown(html), `${source}\n`)
    assert.strictEqual(converted(html).text, `${source}\n`)
    assert.strictEqual(markdown(`<p>${html}</p>`), `${source}\n`)
    assert.strictEqual(markdown(`<div><span>${html.replaceAll("\n", "<br>")}</span></div>`), `${source}\n`)
  })

  it("keeps the files that hang under it as links", () => {
    assert.strictEqual(
      markdown(`${html}<p></p><p><a href="https://example.org/a">a.csv</a></p>`),
      `${source}\n\n[a.csv](https://example.org/a)\n`
    )
  })

  it("is told from a page that draws only links", () => {
    assert.strictEqual(
      markdown("see **x** in <a href=\"https://example.org/a\">it</a>"),
      "see \\*\\*x\\*\\* in [it](https://example.org/a)\n"
    )
    assert.strictEqual(
      markdown("<p><a href=\"https://example.org/a\">one</a></p><p><a href=\"https://example.org/b\">two</a></p>"),
      "[one](https://example.org/a)\n\n[two](https://example.org/b)\n"
    )
  })

  it("is told from a paragraph with soft line ends", () => {
    assert.strictEqual(markdown("<p>one\ntwo **x**</p>"), "one two \\*\\*x\\*\\*\n")
  })
})
