// @effect-diagnostics nodeBuiltinImport:off
/**
 * Small files that survive a crash whole. Reading is synchronous and the rest loads on first use: every start of the
 * program reads, few write.
 */
import { closeSync, constants, openSync, promises, readFileSync, readSync } from "node:fs"
import { basename, dirname, join } from "node:path"

/** Part of a temporary file's name by which a later process sees that its writer is gone (`TempFiles.ts`). */
export const temporaryMark = (): string => `${process.pid}-${globalThis.crypto.randomUUID()}`

/** The new file is there without its content; it is whole; it stands in the place of the old one. */
export type WriteStage = "opened" | "written" | "renamed"

/** Replaces `path` (0600): new file, synced, renamed over the old one, directory synced. A failure leaves no new file. */
export const writeAtomically = async (
  path: string,
  content: string | Uint8Array,
  reached: (stage: WriteStage) => Promise<void> = () => Promise.resolve()
): Promise<void> => {
  const temporary = join(dirname(path), `.${basename(path)}.${temporaryMark()}.tmp`)
  try {
    const file = await promises.open(temporary, "wx", 0o600)
    try {
      await reached("opened")
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await reached("written")
    await promises.rename(temporary, path)
    await reached("renamed")
  } catch (cause) {
    await promises.unlink(temporary).catch(() => undefined)
    throw cause
  }
  await syncDirectory(dirname(path))
}

/** Adds text at the end (0600); a symlink in the place of the file is refused. */
export const appendText = async (path: string, text: string): Promise<void> => {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | noFollow
  const file = await promises.open(path, flags, 0o600)
  try {
    await file.writeFile(text)
  } finally {
    await file.close()
  }
}

/** The text of a file, or of its first bytes; a symlink in the place of the file is refused. */
export const readText = (path: string, bytes?: number): string => {
  const file = openSync(path, constants.O_RDONLY | noFollow)
  try {
    if (bytes === undefined) return readFileSync(file, "utf8")
    const buffer = Buffer.alloc(bytes)
    return buffer.toString("utf8", 0, readSync(file, buffer, 0, bytes, 0))
  } finally {
    closeSync(file)
  }
}

// Windows has no O_NOFOLLOW.
const noFollow: number = constants.O_NOFOLLOW ?? 0

/** Makes a rename durable; Windows cannot open a directory and needs no sync. */
const syncDirectory = async (path: string): Promise<void> => {
  if (process.platform === "win32") return
  const directory = await promises.open(path, "r")
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
