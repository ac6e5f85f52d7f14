// @effect-diagnostics nodeBuiltinImport:off
/** Packs headers and file contents into large buffers for the compressor. */
import { paddingOf, trailerBytes } from "../../archive/TarFormat.ts"
import type { Breather } from "./Breather.ts"
import type { Compressor } from "./Compressor.ts"

const bufferBytes = 1_048_576

export class TarStream {
  readonly #compressor: Compressor
  readonly #breather: Breather
  #buffer = Buffer.allocUnsafe(bufferBytes)
  #filled = 0
  /** Bytes of the tar so far. */
  bytes = 0

  constructor(compressor: Compressor, breather: Breather) {
    this.#compressor = compressor
    this.#breather = breather
  }

  async header(bytes: Uint8Array): Promise<void> {
    if (this.#buffer.length - this.#filled < bytes.length) await this.handOver()
    if (bytes.length > this.#buffer.length) {
      this.bytes += bytes.length
      return this.#compressor.write(bytes)
    }
    this.#buffer.set(bytes, this.#filled)
    this.#advance(bytes.length)
  }

  /** Room of at least one and at most `wanted` bytes to read content into; `wrote` says how many were. */
  async room(wanted: number): Promise<Buffer> {
    if (
      this.#filled === this.#buffer.length || (wanted <= bufferBytes && this.#buffer.length - this.#filled < wanted)
    ) {
      await this.handOver()
    }
    return this.#buffer.subarray(this.#filled, Math.min(this.#filled + wanted, this.#buffer.length))
  }

  wrote(bytes: number): void {
    this.#advance(bytes)
  }

  padding(size: number): Promise<void> {
    return this.#zeros(paddingOf(size))
  }

  async trailer(): Promise<void> {
    await this.#zeros(trailerBytes)
    await this.handOver()
  }

  async handOver(): Promise<void> {
    if (this.#filled === 0) return
    const full = this.#buffer.subarray(0, this.#filled)
    this.#buffer = Buffer.allocUnsafe(bufferBytes)
    this.#filled = 0
    await this.#compressor.write(full)
    if (this.#breather.due) await this.#breather.breathe()
  }

  async #zeros(count: number): Promise<void> {
    if (this.#buffer.length - this.#filled < count) await this.handOver()
    this.#buffer.fill(0, this.#filled, this.#filled + count)
    this.#advance(count)
  }

  #advance(bytes: number): void {
    this.#filled += bytes
    this.bytes += bytes
  }
}
