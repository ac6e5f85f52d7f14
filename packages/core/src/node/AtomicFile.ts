// @effect-diagnostics nodeBuiltinImport:off
/** Writes a file so that a crash leaves the old or the new content, never a part of it. */
import { randomUUID } from "node:crypto"
import { constants } from "node:fs"
import { type FileHandle, open, rename, unlink } from "node:fs/promises"
import { basename, dirname, join } from "node:path"

/** Replaces `path` (0600): new file, synced, renamed over the old one, directory synced. A failure leaves no new file. */
export const writeAtomically = async (path: string, content: string | Uint8Array): Promise<void> => {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    await using(await open(temporary, "wx", 0o600), async (file) => {
      await file.writeFile(content)
      await file.sync()
    })
    await rename(temporary, path)
  } catch (cause) {
    await unlink(temporary).catch(() => undefined)
    throw cause
  }
  await syncDirectory(dirname(path))
}

/** Adds text at the end (0600); a symlink in the place of the file is refused. */
export const appendText = async (path: string, text: string): Promise<void> => {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | noFollow
  await using(await open(path, flags, 0o600), (file) => file.writeFile(text))
}

/** The first bytes of a file as text; a symlink in the place of the file is refused. */
export const readText = (path: string, bytes?: number): Promise<string> =>
  open(path, constants.O_RDONLY | noFollow).then((file) =>
    using(file, async () => {
      if (bytes === undefined) return file.readFile("utf8")
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
      return buffer.toString("utf8", 0, bytesRead)
    })
  )

// Windows has no O_NOFOLLOW.
const noFollow: number = constants.O_NOFOLLOW ?? 0

const using = async <A>(file: FileHandle, use: (file: FileHandle) => Promise<A>): Promise<A> => {
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

/** Makes a rename durable; Windows cannot open a directory and needs no sync. */
const syncDirectory = async (path: string): Promise<void> => {
  if (process.platform === "win32") return
  await using(await open(path, "r"), (directory) => directory.sync())
}
