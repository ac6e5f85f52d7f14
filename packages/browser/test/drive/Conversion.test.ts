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

/** How often other work got a turn while the effect ran. */
const turnsDuring = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.gen(function*() {
    let turns = 0
    let next = setImmediate(function turn() {
      turns += 1
      next = setImmediate(turn)
    })
    const result = yield* Effect.ensuring(effect, Effect.sync(() => clearImmediate(next)))
    return { turns, result }
  })

describe("a long answer", () => {
  it.live("is converted like a short one, while others go on with their work", () =>
    Effect.gen(function*() {
      const html = page(100_000)
      const { turns, result: [answer] } = yield* turnsDuring(convertAll([html]))
      const here = yield* turnsDuring(Effect.sync(() => convert(html)))
      assert.deepStrictEqual(answer, here.result)
      assert.isAtMost(here.turns, 2)
      assert.isAtLeast(turns, 10)
    }))

  it.live("ends with its caller", () =>
    Effect.gen(function*() {
      const ended = yield* Effect.timeoutOption(convertAll([page(1_000_000)]), 20)
      assert.strictEqual(ended._tag, "None")
    }))
})
