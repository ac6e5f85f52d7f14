/** Unpacks an uploaded archive and says what is in it; anything that is no archive gives null. */
import { createHash } from "node:crypto"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGunzip, createZstdDecompress } from "node:zlib"
import { extract } from "tar-stream"

export interface ArchiveEntry {
  readonly name: string
  readonly size: number
  readonly type: string
  readonly sha256: string
  /** The first line, where the entry looks like text. */
  readonly firstLine: string
}

export interface ArchiveSummary {
  readonly format: "tar.zst" | "tar.gz" | "tar"
  readonly entries: ReadonlyArray<ArchiveEntry>
  readonly totalBytes: number
}

/** Rejects when the bytes begin like an archive and turn out to be none. */
export const readArchive = async (bytes: Buffer): Promise<ArchiveSummary | null> => {
  const format = formatOf(bytes)
  if (format === null) return null
  const entries: Array<ArchiveEntry> = []
  const tar = extract()
  tar.on("entry", (header, stream, next) => {
    const hash = createHash("sha256")
    let size = 0
    let head = Buffer.alloc(0)
    stream.on("data", (data) => {
      if (!(data instanceof Uint8Array)) return
      const chunk = Buffer.from(data)
      hash.update(chunk)
      size += chunk.byteLength
      if (head.byteLength < 400) head = Buffer.concat([head, chunk.subarray(0, 400)])
    })
    stream.on("end", () => {
      entries.push({
        name: header.name,
        size,
        type: header.type ?? "file",
        sha256: hash.digest("hex"),
        firstLine: firstLineOf(head)
      })
      next()
    })
    stream.on("error", next)
  })
  const source = Readable.from([bytes])
  if (format === "tar.zst") await pipeline(source, createZstdDecompress(), tar)
  else if (format === "tar.gz") await pipeline(source, createGunzip(), tar)
  else await pipeline(source, tar)
  return { format, entries, totalBytes: entries.reduce((sum, entry) => sum + entry.size, 0) }
}

const formatOf = (bytes: Buffer): ArchiveSummary["format"] | null => {
  if (bytes.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))) return "tar.zst"
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "tar.gz"
  return bytes.subarray(257, 262).toString("latin1") === "ustar" ? "tar" : null
}

const firstLineOf = (head: Buffer): string => {
  if (head.includes(0)) return ""
  return (head.toString("utf8").split("\n")[0] ?? "").trim().slice(0, 120)
}
