/** Estimated tokens of the selection, linear in its size: library estimates over bounded pieces, samples where there is much text. */
import { estimateTokenCount } from "tokenx"

/** Longest text handed to the library at once. */
export const pieceChars = 65_536
/** Text of a selection that is estimated in full. */
export const exactChars = 2_097_152
/** Beyond it, pieces of `sampleChars` are estimated, one in each `sampleStride`, wherever files begin and end. */
export const sampleChars = 1024
export const sampleStride = 32_768

/** Estimate of one text, over pieces of at most `pieceChars`. */
export const estimateTokens = (text: string, estimate: (piece: string) => number = estimateTokenCount): number => {
  let tokens = 0
  for (let at = 0; at < text.length; at += pieceChars) tokens += estimate(text.slice(at, at + pieceChars))
  return tokens
}

/** Adds up texts in the order given; the same texts give the same estimate. */
export class TokenMeter {
  readonly #estimate: (piece: string) => number
  #exact = { chars: 0, tokens: 0 }
  #sampled = { chars: 0, tokens: 0 }
  /** Characters after the exact ones, and where among them the next sample begins. */
  #rest = 0
  #next = 0

  constructor(estimate: (piece: string) => number = estimateTokenCount) {
    this.#estimate = estimate
  }

  add(text: string): void {
    const exact = text.slice(0, Math.max(0, exactChars - this.#exact.chars))
    this.#exact.tokens += estimateTokens(exact, this.#estimate)
    this.#exact.chars += exact.length
    if (exact.length < text.length) this.#sample(text.slice(exact.length))
  }

  get tokens(): number {
    const { chars, tokens } = this.#sampled
    return Math.round(this.#exact.tokens + (chars === 0 ? 0 : tokens * (this.#rest / chars)))
  }

  #sample(text: string): void {
    for (; this.#next < this.#rest + text.length; this.#next += sampleStride) {
      const at = this.#next - this.#rest
      const piece = text.slice(at, at + sampleChars)
      this.#sampled.tokens += this.#estimate(piece)
      this.#sampled.chars += piece.length
    }
    this.#rest += text.length
  }
}
