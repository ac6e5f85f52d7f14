/** Identifiers from a seeded generator, so that a run with the same seed repeats itself. */
import { createHash } from "node:crypto"

export class Ids {
  private counter = 0

  private readonly seed: string

  constructor(seed: string) {
    this.seed = seed
  }

  uuid(): string {
    const hex = this.bytes().toString("hex")
    const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4] ?? "8"
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${
      hex.slice(20, 32)
    }`
  }

  token(prefix: string, length = 24): string {
    return prefix + this.bytes().toString("base64url").replaceAll(/[-_]/g, "x").slice(0, length)
  }

  private bytes(): Buffer {
    this.counter += 1
    return createHash("sha256").update(`${this.seed}:${this.counter}`).digest()
  }
}
