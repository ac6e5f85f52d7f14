// @effect-diagnostics nodeBuiltinImport:off
/** `Archiver.take`: one file copied as it was scanned, into a folder of its own. */
import { createHash } from "node:crypto"
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import type { TakeRequest } from "../../archive/Archiver.ts"
import { temporaryMark } from "../AtomicFile.ts"
import { Breather } from "./Breather.ts"
import { changed, openEntry, readFully } from "./OpenEntry.ts"

const partBytes = 1_048_576

export const takeFile = async ({ entry, root, target }: TakeRequest, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted()
  const file = openEntry(root, entry)
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
    const temporary = `${target}.${temporaryMark()}.tmp`
    const copy = openSync(temporary, "wx", 0o600)
    try {
      if ((await copyTo(copy, file.fd, new Breather(signal))) !== entry.sha256) throw changed(entry)
      fsyncSync(copy)
      renameSync(temporary, target)
    } catch (cause) {
      rmSync(temporary, { force: true })
      throw cause
    } finally {
      closeSync(copy)
    }
  } finally {
    closeSync(file.fd)
  }
}

/** The hash of what was copied. */
const copyTo = async (to: number, from: number, breather: Breather): Promise<string> => {
  const digest = createHash("sha256")
  const part = Buffer.allocUnsafe(partBytes)
  for (;;) {
    const read = part.subarray(0, readFully(from, part))
    if (read.length === 0) return digest.digest("hex")
    digest.update(read)
    for (let done = 0; done < read.length;) done += writeSync(to, read, done)
    if (breather.due) await breather.breathe()
  }
}
