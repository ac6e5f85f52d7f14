import {
  estimateTokens,
  exactChars,
  pieceChars,
  sampleChars,
  sampleStride,
  TokenMeter
} from "@effect-oracle/core/archive/TokenEstimate"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"

/** Counts what reaches the library. */
const counting = () => {
  const seen = { calls: 0, chars: 0, longest: 0 }
  const estimate = (piece: string) => {
    seen.calls++
    seen.chars += piece.length
    seen.longest = Math.max(seen.longest, piece.length)
    return Math.ceil(piece.length / 4)
  }
  return { seen, estimate }
}

describe("TokenEstimate", () => {
  it("hands a 1.4 MB single line to the library once, in bounded pieces", () => {
    const { estimate, seen } = counting()
    const line = "a".repeat(1_400_000)
    assert.strictEqual(estimateTokens(line, estimate), 350_000)
    assert.deepStrictEqual(seen, {
      calls: Math.ceil(line.length / pieceChars),
      chars: line.length,
      longest: pieceChars
    })
  })

  it("estimates a 1.4 MB word of one token class as the library does a short one", () => {
    const one = estimateTokens("a".repeat(pieceChars))
    assert.approximately(estimateTokens("a".repeat(1_400_000)), one * (1_400_000 / pieceChars), 50)
  })

  it("is exact for a small selection", () => {
    const meter = new TokenMeter()
    meter.add("const answer = 42\n")
    meter.add("hello world\n")
    assert.strictEqual(meter.tokens, estimateTokens("const answer = 42\n") + estimateTokens("hello world\n"))
  })

  it("does work for a sample only beyond the first two million characters", () => {
    const { estimate, seen } = counting()
    const meter = new TokenMeter(estimate)
    const file = "x".repeat(5000)
    const files = 20_000
    for (let index = 0; index < files; index++) meter.add(file)
    const beyond = files * file.length - exactChars
    assert.isAtMost(seen.chars, exactChars + beyond * (sampleChars / sampleStride) * 1.1)
    assert.approximately(meter.tokens, (files * file.length) / 4, files * file.length * 0.01)
  })

  it.prop(
    "does not depend on where files begin",
    [Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 400_000 }))).check(Schema.isMaxLength(20))],
    ([lengths]) => {
      const parts = new TokenMeter((piece) => piece.length / 4)
      const total = lengths.reduce((sum, length) => sum + length, 0)
      for (const length of lengths) parts.add("x".repeat(length))
      assert.approximately(parts.tokens, total / 4, 1)
    },
    { arbitrary: { runs: 40 } }
  )
})
