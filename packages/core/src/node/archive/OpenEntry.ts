// @effect-diagnostics nodeBuiltinImport:off
/** Opens a selected file a second time, to take the bytes that were scanned and no others. */
import { readSync, realpathSync } from "node:fs"
import { join } from "node:path"
import type { Entry } from "../../archive/Archiver.ts"
import { type OracleError, oracleError } from "../../error/OracleError.ts"
import { isInside, type OpenFile, openRegular } from "./SafeFile.ts"

/** A link is followed only to a place inside the project; the hash proves that the bytes are those that were scanned. */
export const openEntry = (root: string, entry: Entry): OpenFile => {
  const path = join(root, entry.path)
  const opened = openRegular(path)
  if (typeof opened !== "string") return opened
  if (opened !== "symlink") throw changed(entry)
  const real = realpathOf(path)
  const target = real !== undefined && isInside(root, real) ? openRegular(real) : "missing"
  if (typeof target === "string") throw changed(entry)
  return target
}

const realpathOf = (path: string): string | undefined => {
  try {
    return realpathSync.native(path)
  } catch {
    return undefined
  }
}

/** Fills the buffer, or less where the file ends; answers how many bytes. */
export const readFully = (fd: number, into: Buffer): number => {
  let filled = 0
  while (filled < into.length) {
    const read = readSync(fd, into, filled, into.length - filled, null)
    if (read === 0) break
    filled += read
  }
  return filled
}

export const changed = ({ path }: Entry): OracleError =>
  oracleError("archive_file_changed", `'${path}' changed after it was scanned`, { facts: { path } })
