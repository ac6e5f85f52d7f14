// @effect-diagnostics nodeBuiltinImport:off
/** Opens files of a project so that nothing outside of it can be read: no-follow, never blocking, checked on the descriptor. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, realpathSync } from "node:fs"
import { dirname, sep } from "node:path"
import { errno, isMissing } from "./FileFailure.ts"

/** Why a file is not read. */
export type Refusal = "missing" | "symlink" | "outside" | "not a regular file" | "not readable" | "too large"

export interface OpenFile {
  readonly fd: number
  readonly bytes: number
  readonly executable: boolean
}

// Without O_NONBLOCK the open of a FIFO would wait for a writer.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Opens a regular file whose real path lies in `root` (a real path). The caller closes `fd`. */
export const openInside = (root: string, path: string): OpenFile | Refusal => {
  const opened = openRegular(path)
  if (typeof opened === "string") return opened
  const where = pathOfDescriptor(opened.fd, path)
  if (where !== undefined && isInside(root, where)) return opened
  closeSync(opened.fd)
  return "outside"
}

/** Opens a regular file, not following a symlink. The caller closes `fd`. */
export const openRegular = (path: string): OpenFile | Refusal => {
  let fd: number
  try {
    fd = openSync(path, flags)
  } catch (cause) {
    if (isMissing(cause)) return "missing"
    if (errno(cause) === "ELOOP") return "symlink"
    if (errno(cause) === "ENXIO") return "not a regular file"
    return "not readable"
  }
  const stats = fstatSync(fd)
  if (!stats.isFile()) {
    closeSync(fd)
    return "not a regular file"
  }
  return { fd, bytes: stats.size, executable: (stats.mode & 0o111) !== 0 }
}

/** True when `path` is `root` or lies below it; both are real paths. */
export const isInside = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)

/** The real path of an open file: from the kernel on Linux, elsewhere the path's, if it still names the same file. */
const pathOfDescriptor = (fd: number, path: string): string | undefined => {
  if (process.platform === "linux") return readlinkSync(`/proc/self/fd/${fd}`)
  const held = fstatSync(fd, { bigint: true })
  const named = lstatSync(path, { bigint: true, throwIfNoEntry: false })
  if (named === undefined || named.ino !== held.ino || named.dev !== held.dev) return undefined
  const parent = dirname(path)
  return realpathSync.native(parent) + path.slice(parent.length)
}
