// @effect-diagnostics nodeBuiltinImport:off
/** Reads one file once: its hash, what secrets it holds, and its text for the token estimate. */
import { createHash, hash } from "node:crypto"
import { closeSync, readSync } from "node:fs"
import { type Finding, SecretScanner } from "../../archive/SecretScan.ts"
import type { TokenMeter } from "../../archive/TokenEstimate.ts"
import type { Breather } from "./Breather.ts"
import { openInside, type Refusal } from "./SafeFile.ts"
import { decoderFor } from "./TextOf.ts"

export interface ReadFile {
  readonly bytes: number
  readonly executable: boolean
  readonly sha256: string
  readonly findings: ReadonlyArray<Finding>
}

/** Larger files are read in parts of this size. */
const partBytes = 4_194_304

/** No chat product takes an archive that holds a file of this size; scanning it would take minutes. */
export const largestFile = 2_147_483_648

/** Reads one file after the other into the same buffer. */
export class EntryReader {
  readonly #root: string
  readonly #meter: TokenMeter
  readonly #breather: Breather
  readonly #buffer = Buffer.allocUnsafeSlow(partBytes)

  constructor(root: string, meter: TokenMeter, breather: Breather) {
    this.#root = root
    this.#meter = meter
    this.#breather = breather
  }

  /** `name` is what findings call the file; `real` is where it is. */
  async read(real: string, name: string): Promise<ReadFile | Refusal> {
    const file = openInside(this.#root, real)
    if (typeof file === "string") return file
    try {
      if (file.bytes > largestFile) return "too large"
      return { executable: file.executable, ...(await this.#content(file.fd, name)) }
    } finally {
      closeSync(file.fd)
    }
  }

  async #content(fd: number, name: string): Promise<Omit<ReadFile, "executable">> {
    const scanner = new SecretScanner(name)
    const first = this.#part(fd)
    const decoder = decoderFor(first)
    if (first.length < partBytes) {
      await this.#take(decoder.decode(first), decoder.isText, scanner)
      return { bytes: first.length, sha256: hash("sha256", first), findings: await scanner.end() }
    }
    const digest = createHash("sha256")
    let bytes = 0
    for (let part = first; part.length > 0; part = this.#part(fd)) {
      bytes += part.length
      digest.update(part)
      await this.#take(decoder.decode(part, { stream: true }), decoder.isText, scanner)
      await this.#breather.breathe()
    }
    return { bytes, sha256: digest.digest("hex"), findings: await scanner.end() }
  }

  async #take(text: string, isText: boolean, scanner: SecretScanner): Promise<void> {
    if (isText) this.#meter.add(text)
    await scanner.push(text)
  }

  /** The next bytes of the file; fewer than `partBytes` only at its end. */
  #part(fd: number): Buffer {
    let filled = 0
    while (filled < partBytes) {
      const read = readSync(fd, this.#buffer, filled, partBytes - filled, null)
      if (read === 0) break
      filled += read
    }
    return this.#buffer.subarray(0, filled)
  }
}
