// @effect-diagnostics nodeBuiltinImport:off
/** Checksum through Node's own hash. */
import * as Layer from "effect/Layer"
import { hash } from "node:crypto"
import { Checksum } from "../store/Checksum.ts"

export const layer: Layer.Layer<Checksum> = Layer.succeed(Checksum, {
  sha256: (text) => hash("sha256", text, "hex")
})
