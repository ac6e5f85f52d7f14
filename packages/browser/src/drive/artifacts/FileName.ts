/** Makes a safe, unique file name of whatever a site or a server calls a file. Pure. */

const maxBytes = 150
const reserved = /^(con|prn|aux|nul|clock\$|com[0-9¹²³]|lpt[0-9¹²³])$/i
/** Controls, format and bidi characters, lone surrogates, and what file systems or shells take amiss. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]/gu

const encoder = new TextEncoder()

const cut = (text: string, bytes: number): string => {
  let out = ""
  let used = 0
  for (const character of text) {
    const size = encoder.encode(character).length
    if (used + size > bytes) break
    out += character
    used += size
  }
  return out
}

const parts = (name: string): readonly [stem: string, extension: string] => {
  const match = /^(.+?)((?:\.[A-Za-z0-9]{1,12}){1,2})$/.exec(name)
  if (match === null) return [name, ""]
  const [, stem = name, extension = ""] = match
  const compound = /^\.(tar|d|min|test|spec)\.[a-z0-9]+$/i.test(extension)
  if (compound || extension.lastIndexOf(".") === 0) return [stem, extension]
  const last = extension.lastIndexOf(".")
  return [stem + extension.slice(0, last), extension.slice(last)]
}

/** A single path component that is never hidden, reserved, an option, or longer than 150 bytes. */
export const safeName = (given: string): string => {
  const base =
    given.normalize("NFC").split(/[/\\]/).findLast((part) => part.trim() !== "" && !/^\.+$/.test(part.trim())) ?? ""
  const plain = base.replaceAll(unsafe, "_").replaceAll(/\s+/gu, " ").trim().replace(/^[.\-~ ]+/, "").replace(
    /[. ]+$/,
    ""
  )
  const [stem, extension] = parts(plain)
  const room = maxBytes - encoder.encode(extension).length
  const short = cut(stem, room).trim().replace(/[. ]+$/, "")
  const named = /^_*$/.test(short) ? "file" : short
  return reserved.test(named.split(".")[0] ?? named) ? `_${named}${extension}` : `${named}${extension}`
}

/** The name, numbered where it is taken; names are compared without regard to case. */
export const uniqueName = (name: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(name.toLowerCase())) return name
  const [stem, extension] = parts(name)
  for (let number = 2;; number += 1) {
    const suffix = ` (${number})${extension}`
    const candidate = `${cut(stem, maxBytes - encoder.encode(suffix).length)}${suffix}`
    if (!taken.has(candidate.toLowerCase())) return candidate
  }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** File name of a Content-Disposition header, or null. */
export const dispositionName = (header: string): string | null => {
  const extended = /filename\*\s*=\s*(?:utf-8|iso-8859-1)?'[^']*'([^;]+)/i.exec(header)?.[1]
  if (extended !== undefined) return decoded(extended.trim())
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1]
  if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, "$1")
  return /filename\s*=\s*([^;]+)/i.exec(header)?.[1]?.trim() ?? null
}

/** A name from what the page shows, for files that nothing else names. */
export const labelName = (label: string): string => {
  const file = /[\p{L}\p{N}_()\- .]*[\p{L}\p{N}_)]\.[A-Za-z0-9]{1,8}(?=$|[\s,;)"'])/u.exec(label)?.[0]?.trim()
  return file === undefined ? "" : file.replace(/^download (the )?/i, "")
}

export const hasExtension = (name: string): boolean => parts(name)[1] !== ""
