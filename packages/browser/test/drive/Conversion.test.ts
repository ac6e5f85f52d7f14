import { convertAll } from "@effect-oracle/browser/drive/markdown/Conversion"
import { convert } from "@effect-oracle/browser/drive/markdown/Markdown"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"

const section = (number: number): string =>
  `<h2>Part ${number}</h2><p>Some <strong>bold</strong> text with <code>code_${number}</code>.</p>`
  + "<ul><li><p>one</p><ul><li>two</li></ul></li></ul><pre><code class=\"language-ts\">const a = 1\n</code></pre>"

const page = (chars: number): string => {
  const parts: Array<string> = []
  for (let sum = 0; sum < chars; sum += parts.at(-1)?.length ?? 0) parts.push(section(parts.length))
  return `<div class="markdown">${parts.join("")}</div>`
}

/** The longest time for which nothing else got a turn while the effect ran. */
const longestPause = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.gen(function*() {
    let longest = 0
    let last = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      longest = Math.max(longest, now - last)
      last = now
    }, 5)
    const result = yield* Effect.ensuring(effect, Effect.sync(() => clearInterval(timer)))
    return { longest: Math.max(longest, performance.now() - last), result }
  })

describe("a long answer", () => {
  it.live("is converted like a short one, while others go on with their work", () =>
    Effect.gen(function*() {
      const html = page(100_000)
      const { longest, result: [answer] } = yield* longestPause(convertAll([html]))
      const started = performance.now()
      const wanted = convert(html)
      const here = performance.now() - started
      assert.deepStrictEqual(answer, wanted)
      assert.isBelow(longest, here / 2)
    }))

  it.live("ends with its caller", () =>
    Effect.gen(function*() {
      const ended = yield* Effect.timeoutOption(convertAll([page(100_000)]), 20)
      assert.strictEqual(ended._tag, "None")
    }))
})
