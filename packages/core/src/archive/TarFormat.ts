/** Headers of a tar archive: ustar, with a pax header only for names and sizes that ustar cannot hold. Deterministic. */

const block = 512
/** 1 January 1980, UTC: old enough to say nothing, new enough that no unpacker complains. */
const mtime = 315_532_800
const octalSizeLimit = 0o77777777777

const encoder = new TextEncoder()

/** The header blocks of a regular file; its content and `paddingOf(size)` zeros follow. */
export const headerOf = (path: string, size: number, executable: boolean): Uint8Array => {
  const mode = executable ? 0o755 : 0o644
  const name = splitName(path)
  const pax = new Map<string, string>()
  if (name === undefined) pax.set("path", path)
  if (size > octalSizeLimit) pax.set("size", String(size))
  const main = ustar(name ?? { name: fallbackName(path), prefix: "" }, size > octalSizeLimit ? 0 : size, mode, "0")
  return pax.size === 0 ? main : concat(paxHeader(path, pax), main)
}

export const paddingOf = (size: number): number => (block - (size % block)) % block

/** Two zero blocks end an archive. */
export const trailerBytes = 2 * block

interface UstarName {
  readonly name: string
  readonly prefix: string
}

/** ustar holds 100 bytes, or 155 + 100 around a slash, of plain ASCII. */
const splitName = (path: string): UstarName | undefined => {
  if (!isAscii(path)) return undefined
  if (path.length <= 100) return { name: path, prefix: "" }
  const slash = path.indexOf("/", path.length - 101)
  if (slash < 1 || slash > 155 || slash === path.length - 1) return undefined
  return { name: path.slice(slash + 1), prefix: path.slice(0, slash) }
}

const isAscii = (text: string): boolean => {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 126) return false
  return true
}

/** What an unpacker without pax support shows. */
const fallbackName = (path: string): string => path.replaceAll(/[^\u0020-\u007e]/g, "_").slice(-100)

const paxHeader = (path: string, records: ReadonlyMap<string, string>): Uint8Array => {
  const body = concat(...[...records].map(([key, value]) => paxRecord(key, value)))
  const padded = new Uint8Array(body.length + paddingOf(body.length))
  padded.set(body)
  const name = `PaxHeaders/${fallbackName(path).slice(-80).replaceAll("/", "_")}`
  return concat(ustar({ name, prefix: "" }, body.length, 0o644, "x"), padded)
}

/** `<length> key=value\n`, where the length counts itself. */
const paxRecord = (key: string, value: string): Uint8Array => {
  const rest = encoder.encode(` ${key}=${value}\n`)
  let length = rest.length
  while (length !== rest.length + String(length).length) length = rest.length + String(length).length
  return concat(encoder.encode(String(length)), rest)
}

const ustar = ({ name, prefix }: UstarName, size: number, mode: number, type: "0" | "x"): Uint8Array => {
  const header = new Uint8Array(block)
  const text = (at: number, value: string) => encoder.encodeInto(value, header.subarray(at))
  const octal = (at: number, width: number, value: number) => text(at, value.toString(8).padStart(width - 1, "0"))
  text(0, name)
  octal(100, 8, mode)
  octal(108, 8, 0)
  octal(116, 8, 0)
  octal(124, 12, size)
  octal(136, 12, mtime)
  text(148, "        ")
  text(156, type)
  text(257, "ustar\u000000")
  text(345, prefix)
  let sum = 0
  for (const byte of header) sum += byte
  text(148, `${sum.toString(8).padStart(6, "0")}\u0000 `)
  return header
}

const concat = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
