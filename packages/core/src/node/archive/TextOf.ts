/** Bytes as text, for looking for secrets in it: UTF-8, UTF-16 with a byte order mark, and anything else byte by byte. */

export interface Decoder {
  /** False for binary content, which has no tokens. */
  readonly isText: boolean
  readonly decode: (bytes: Uint8Array, options?: { readonly stream: boolean }) => string
}

/** A NUL this near to the start makes a file binary, as in git. */
const sniffedBytes = 8000

export const decoderFor = (start: Uint8Array): Decoder => {
  const encoding = encodingOf(start)
  const decoder = new TextDecoder(encoding)
  return { isText: encoding !== "latin1", decode: (bytes, options) => decoder.decode(bytes, options) }
}

const encodingOf = (start: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | "latin1" => {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le"
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be"
  return start.subarray(0, sniffedBytes).includes(0) ? "latin1" : "utf-8"
}
