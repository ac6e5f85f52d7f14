// @effect-diagnostics nodeBuiltinImport:off
/** Makes a directory that holds durable state, and refuses places where state is not safe. */
import * as Effect from "effect/Effect"
import { accessSync, constants, lstatSync, mkdirSync, readFileSync, realpathSync, type Stats } from "node:fs"
import { dirname } from "node:path"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { fileFailure } from "./fileFailure.ts"

/** Makes the directory (0700) where it is missing. Fails as `state_unsafe` or `state_unwritable`, naming it. */
export const makeSafe = Effect.fnUntraced(function*(directory: string) {
  const attempt = <A>(run: () => A) => Effect.try({ try: run, catch: unusable(directory) })
  const made = yield* Effect.result(attempt(() => makeAll(directory)))
  const found = yield* Effect.mapError(
    attempt(() => lstatSync(directory)),
    (error) => made._tag === "Failure" ? made.failure : error
  )
  const reason = unsafeReason(found)
  if (reason !== null) return yield* oracleError("state_unsafe", `${directory} ${reason}`)
  if (process.platform === "linux") {
    const real = yield* attempt(() => realpathSync(directory))
    const mounts = yield* Effect.try(() => readFileSync("/proc/self/mountinfo", "utf8")).pipe(
      Effect.orElseSucceed(() => "")
    )
    const type = fileSystemOf(mounts, real)
    if (type !== null && isNetwork(type)) {
      return yield* oracleError("state_unsafe", `${directory} is on a network file system (${type})`)
    }
  }
  yield* attempt(() => accessSync(directory, constants.W_OK | constants.X_OK))
})

/** Fails as `state_unsafe` where something stands that is not a directory of ours alone. Absence is fine. */
export const requireSafe = Effect.fnUntraced(function*(directory: string) {
  const found = yield* Effect.try({
    try: () => lstatSync(directory, { throwIfNoEntry: false }),
    catch: fileFailure(directory)
  })
  const reason = found === undefined ? null : unsafeReason(found)
  if (reason !== null) return yield* oracleError("state_unsafe", `${directory} ${reason}`)
})

/** Not `recursive`: where a file system refuses with ENOENT, as /proc does, Node would try for ever. */
const makeAll = (directory: string): void => {
  if (lstatSync(directory, { throwIfNoEntry: false }) !== undefined) return
  if (dirname(directory) !== directory) makeAll(dirname(directory))
  try {
    mkdirSync(directory, { mode: 0o700 })
  } catch (cause) {
    if (lstatSync(directory, { throwIfNoEntry: false }) === undefined) throw cause
  }
}

/** Why this is no directory that only we can write; null when it is. */
export const unsafeReason = (found: Stats): string | null => {
  if (found.isSymbolicLink()) return "is a symbolic link; name the directory that it leads to"
  if (!found.isDirectory()) return "is not a directory"
  if (process.getuid === undefined) return null
  if (found.uid !== process.getuid()) return "belongs to another user"
  return (found.mode & 0o022) === 0 ? null : "can be written by other users; run 'chmod go-w' on it"
}

/** The path could not be made or used at all: for a directory every such cause means that it is not writable. */
const unusable = (directory: string) => (cause: unknown): OracleError => {
  const error = fileFailure(directory)(cause)
  return error.code === "storage_failed" ? oracleError("state_unwritable", error.detail, { cause }) : error
}

/** Type of the file system that holds the path, from the text of `/proc/self/mountinfo`; null where none matches. */
export const fileSystemOf = (mountinfo: string, path: string): string | null => {
  let best: { readonly point: string; readonly type: string } | null = null
  for (const line of mountinfo.split("\n")) {
    const [mount = "", origin = ""] = line.split(" - ")
    const point = unescape(mount.split(" ")[4] ?? "")
    const type = origin.split(" ")[0] ?? ""
    const holds = point === "/" || path === point || path.startsWith(`${point}/`)
    if (point !== "" && holds && (best === null || point.length >= best.point.length)) best = { point, type }
  }
  return best?.type ?? null
}

const unescape = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8)))

/** True for file systems whose locks cannot be trusted between machines. */
export const isNetwork = (type: string): boolean =>
  /^(nfs\d?|cifs|smb\d?|smbfs|9p|afs|ncpfs|ceph|glusterfs|lustre|gpfs|beegfs|orangefs|davfs2?|fuse\.(sshfs|s3fs|rclone|davfs2?|glusterfs|ceph|curlftpfs|gcsfuse|goofys|smbnetfs|cephfs))$/
    .test(type)
