/** Estimated tokens of the selection, linear in its size: library estimates over bounded pieces, samples where there is much text. */
import { estimateTokenCount } from "tokenx"

/** Longest text handed to the library at once. */
export const pieceChars = 65_536
/** Text of a selection that is estimated in full; beyond it one part in `sampleEvery` is. */
export const exactChars = 4_194_304
export const sampleEvery = 16

/** Estimate of one text, over pieces of at most `pieceChars`. */
export const estimateTokens = (text: string, estimate: (piece: string) => number = estimateTokenCount): number => {
  let tokens = 0
  for (let at = 0; at < text.length; at += pieceChars) tokens += estimate(text.slice(at, at + pieceChars))
  return tokens
}

/** Adds up texts in the order given; the same texts give the same estimate. */
export class TokenMeter {
  #chars = 0
  #tokens = 0
  readonly #estimate: (piece: string) => number

  constructor(estimate: (piece: string) => number = estimateTokenCount) {
    this.#estimate = estimate
  }

  /** True while whole texts are wanted; afterwards a text's first `1 / sampleEvery` and its length are enough. */
  get exact(): boolean {
    return this.#chars < exactChars
  }

  add(text: string): void {
    if (this.exact) {
      this.#tokens += estimateTokens(text, this.#estimate)
    } else {
      this.#tokens += sampled(text, this.#estimate)
    }
    this.#chars += text.length
  }

  get tokens(): number {
    return Math.round(this.#tokens)
  }
}

const sampleChars = 1024

/** Evenly spread samples that together are about one part in `sampleEvery`, scaled up to the whole text. */
const sampled = (text: string, estimate: (piece: string) => number): number => {
  if (text.length <= sampleChars) return estimateTokens(text, estimate)
  const stride = sampleChars * sampleEvery
  let tokens = 0
  let chars = 0
  for (let at = 0; at < text.length; at += stride) {
    const piece = text.slice(at, at + sampleChars)
    tokens += estimate(piece)
    chars += piece.length
  }
  return tokens * (text.length / chars)
}
