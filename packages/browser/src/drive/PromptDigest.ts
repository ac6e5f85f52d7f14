// @effect-diagnostics nodeBuiltinImport:off
/** Recognises a prompt by its digest in texts that a page may have trimmed. */
import { createHash } from "node:crypto"

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex")

/** True when the text, or the text as it was before the page trimmed its ends, has this digest. */
export const isPrompt = (text: string, digest: string): boolean => {
  const lines = text.replaceAll(/\r\n?/g, "\n")
  const plain = lines.replaceAll("\u00A0", " ")
  const variants = [lines, plain].flatMap((
    variant
  ) => [variant, variant.trim(), `${variant}\n`, `${variant.trim()}\n`, variant.replace(/\n$/, "")])
  return variants.some((variant) => sha256(variant) === digest)
}
