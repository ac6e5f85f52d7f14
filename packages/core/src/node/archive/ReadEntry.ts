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

export const readEntry = async (
  root: string,
  real: string,
  name: string,
  meter: TokenMeter,
  breather: Breather
): Promise<ReadFile | Refusal> => {
  const file = openInside(root, real)
  if (typeof file === "string") return file
  try {
    const { bytes, executable, fd } = file
    const scanner = new SecretScanner(name)
    if (bytes <= partBytes) {
      const content = readAll(fd, bytes)
      const decoder = decoderFor(content)
      await take(decoder.decode(content), decoder.isText, scanner, meter)
      return { bytes: content.length, executable, sha256: hash("sha256", content), findings: await scanner.end() }
    }
    const digest = createHash("sha256")
    let total = 0
    let decoder: ReturnType<typeof decoderFor> | undefined
    for (let part = readAll(fd, partBytes); part.length > 0; part = readAll(fd, partBytes)) {
      total += part.length
      digest.update(part)
      decoder ??= decoderFor(part)
      await take(decoder.decode(part, { stream: true }), decoder.isText, scanner, meter)
      await breather.breathe()
    }
    return { bytes: total, executable, sha256: digest.digest("hex"), findings: await scanner.end() }
  } finally {
    closeSync(file.fd)
  }
}

const take = async (text: string, isText: boolean, scanner: SecretScanner, meter: TokenMeter): Promise<void> => {
  if (isText) meter.add(text)
  await scanner.push(text)
}

/** Up to `wanted` bytes from the current position; less only at the end of the file. */
const readAll = (fd: number, wanted: number): Buffer => {
  const buffer = Buffer.allocUnsafe(wanted)
  let filled = 0
  while (filled < wanted) {
    const read = readSync(fd, buffer, filled, wanted - filled, null)
    if (read === 0) break
    filled += read
  }
  return filled === wanted ? buffer : buffer.subarray(0, filled)
}
