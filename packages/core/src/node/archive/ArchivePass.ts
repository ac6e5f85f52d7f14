// @effect-diagnostics nodeBuiltinImport:off
/** One pass over the entries: reads each file again, proves that it is the one that was scanned, and compresses it. */
import { createHash, hash } from "node:crypto"
import { closeSync } from "node:fs"
import type { BuildRequest, Entry } from "../../archive/Archiver.ts"
import { type FolderCost, generatedFolderOf } from "../../archive/Pruning.ts"
import { headerOf } from "../../archive/TarFormat.ts"
import type { Breather } from "./Breather.ts"
import { Compressor } from "./Compressor.ts"
import { changed, openEntry, readFully } from "./OpenEntry.ts"
import { TarStream } from "./TarStream.ts"

export interface PassRequest {
  readonly root: string
  /** Sorted by path. */
  readonly entries: ReadonlyArray<Entry>
  readonly format: BuildRequest["format"]
  readonly fd: number
  readonly limit: number
  /** Measure what each generated folder costs; the output is flushed around them. */
  readonly measureFolders: boolean
  readonly breather: Breather
  readonly onProgress: BuildRequest["onProgress"]
}

export interface Pass {
  /** Compressed; extrapolated when the pass was given up. */
  readonly bytes: number
  readonly sha256: string
  readonly uncompressedBytes: number
  readonly folders: ReadonlyArray<FolderCost>
}

/** A pass that cannot be helped by pruning is given up when its output is this many times the limit. */
const hopeless = 2
const progressEvery = 64

export const runPass = async (request: PassRequest): Promise<Pass> => {
  const { breather, entries, fd, format, limit, measureFolders, onProgress, root } = request
  const input = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  const compressor = new Compressor(format, input, fd, limit)
  const tar = new TarStream(compressor, breather)
  const meter = new FolderMeter(compressor, tar)
  try {
    let done = 0
    for (const [index, entry] of entries.entries()) {
      if (measureFolders) await meter.enter(generatedFolderOf(entry.path))
      await appendFile(root, entry, tar)
      done += entry.bytes
      if (index % progressEvery === 0) onProgress?.({ entries: index + 1, bytes: done })
      if (breather.due) await breather.breathe()
      if (!measureFolders && compressor.bytes > limit * hopeless) {
        await tar.handOver()
        await compressor.flush()
        return {
          bytes: Math.round((compressor.bytes / done) * input),
          sha256: "",
          uncompressedBytes: tar.bytes,
          folders: []
        }
      }
    }
    if (measureFolders) await meter.enter(undefined)
    await tar.trailer()
    const sha256 = await compressor.end()
    onProgress?.({ entries: entries.length, bytes: done })
    return { bytes: compressor.bytes, sha256, uncompressedBytes: tar.bytes, folders: meter.folders }
  } finally {
    compressor.destroy()
  }
}

/** Notes the size of the output where a generated folder begins and ends. */
class FolderMeter {
  readonly folders: Array<FolderCost> = []
  readonly #compressor: Compressor
  readonly #tar: TarStream
  #current: string | undefined
  #from = 0

  constructor(compressor: Compressor, tar: TarStream) {
    this.#compressor = compressor
    this.#tar = tar
  }

  async enter(folder: string | undefined): Promise<void> {
    if (folder === this.#current) return
    await this.#tar.handOver()
    await this.#compressor.flush()
    const at = this.#compressor.bytes
    if (this.#current !== undefined) this.folders.push({ path: this.#current, compressedBytes: at - this.#from })
    this.#current = folder
    this.#from = at
  }
}

const appendFile = async (root: string, entry: Entry, tar: TarStream): Promise<void> => {
  const file = openEntry(root, entry)
  try {
    if (file.bytes !== entry.bytes) throw changed(entry)
    await tar.header(headerOf(entry.path, entry.bytes, entry.executable))
    if ((await copy(file.fd, entry.bytes, tar)) !== entry.sha256) throw changed(entry)
    await tar.padding(entry.bytes)
  } finally {
    closeSync(file.fd)
  }
}

/** Copies exactly `bytes` bytes, or fewer when the file ends early; returns the hash of what was copied. */
const copy = async (fd: number, bytes: number, tar: TarStream): Promise<string> => {
  if (bytes === 0) return hash("sha256", "")
  const first = await tar.room(bytes)
  if (first.length === bytes) {
    const read = readFully(fd, first)
    tar.wrote(read)
    return hash("sha256", first.subarray(0, read))
  }
  const digest = createHash("sha256")
  for (let left = bytes; left > 0;) {
    const room = await tar.room(left)
    const read = readFully(fd, room)
    if (read === 0) break
    digest.update(room.subarray(0, read))
    tar.wrote(read)
    left -= read
  }
  return digest.digest("hex")
}
