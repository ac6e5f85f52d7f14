// @effect-diagnostics nodeBuiltinImport:off
/** `host.log`: where a detached host writes, kept small, and its end for error messages. */
import { closeSync, constants, openSync, readSync, renameSync, statSync } from "node:fs"

const rotateBytes = 1024 * 1024
const tailBytes = 2000

export interface HostLog {
  readonly descriptor: number
  /** Size before this start. */
  readonly from: number
}

const noFollow: number = constants.O_NOFOLLOW ?? 0

/** Opens the log for appending (0600); a large one is moved to `host.log.1` first. */
export const openLog = (path: string): HostLog => {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > rotateBytes) renameSync(path, `${path}.1`)
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | noFollow
  return { descriptor: openSync(path, flags, 0o600), from: size > rotateBytes ? 0 : size }
}

/** The last lines written since `from`, in one sentence for an error. */
export const logTail = (path: string, from: number): string => {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, constants.O_RDONLY | noFollow)
    const size = statSync(path).size
    const start = Math.max(from, size - tailBytes)
    const buffer = Buffer.alloc(Math.max(0, size - start))
    readSync(descriptor, buffer, 0, buffer.length, start)
    const text = buffer.toString("utf8").trim()
    return text === "" ? `nothing in ${path}` : `end of ${path}:\n${text}`
  } catch {
    return `${path} cannot be read`
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
