// @effect-diagnostics nodeBuiltinImport:off
/** Puts a file into `artifacts/`: never over another, never executable, with its size, digest and detected type. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { temporaryMark } from "@effect-oracle/core/node/AtomicFile"
import { CrashPoint } from "@effect-oracle/core/port/CrashPoint"
import * as Effect from "effect/Effect"
import { fileTypeFromBuffer } from "file-type"
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import * as fs from "node:fs/promises"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { hasExtension, safeName, uniqueName } from "./FileName.ts"

export interface Stored {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly type: string | null
}

/** Where the content is: in memory, or in a file of the browser's downloads folder, which is then taken away. */
export type Content =
  | { readonly _tag: "Bytes"; readonly bytes: Uint8Array }
  | { readonly _tag: "File"; readonly path: string }

const digest = async (path: string): Promise<string> => {
  const hash = createHash("sha256")
  await pipeline(createReadStream(path), hash)
  return hash.digest("hex")
}

const headBytes = 1024 * 1024

const headOf = async (path: string): Promise<Uint8Array> => {
  const file = await fs.open(path, "r")
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const looksLikeText = (head: Uint8Array): boolean => {
  const start = head.subarray(0, 4096)
  if (start.length === 0 || start.includes(0)) return false
  try {
    new TextDecoder("utf-8", { fatal: start.length < 4096 }).decode(start)
    return true
  } catch {
    return false
  }
}

/** From the beginning of the file. A file whose type cannot be told is kept all the same. */
const typeOf = async (path: string): Promise<{ readonly mime: string | null; readonly extension: string | null }> => {
  const head = await headOf(path)
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (found !== undefined) return { mime: found.mime, extension: found.ext }
  return { mime: looksLikeText(head) ? "text/plain" : null, extension: null }
}

/** A part file in the target folder, so that the last step is a link on the same file system. */
const stage = async (directory: string, content: Content): Promise<string> => {
  const part = join(directory, `.${temporaryMark()}.part`)
  if (content._tag === "Bytes") {
    await fs.writeFile(part, content.bytes, { flag: "wx", mode: 0o600 })
    return part
  }
  try {
    await fs.rename(content.path, part)
  } catch {
    await fs.copyFile(content.path, part, fs.constants.COPYFILE_EXCL)
    await fs.rm(content.path, { force: true })
  }
  await fs.chmod(part, 0o600)
  return part
}

const isTaken = (cause: unknown): boolean => cause instanceof Error && "code" in cause && cause.code === "EEXIST"

const publish = async (
  directory: string,
  part: string,
  wanted: string,
  taken: ReadonlySet<string>
): Promise<string> => {
  const used = new Set(taken)
  for (;;) {
    const name = uniqueName(wanted, used)
    try {
      await fs.link(part, join(directory, name))
      await fs.rm(part, { force: true })
      return name
    } catch (cause) {
      if (!isTaken(cause)) throw cause
      used.add(name.toLowerCase())
    }
  }
}

const save = async (
  directory: string,
  content: Content,
  suggested: string,
  taken: ReadonlySet<string>,
  staged: () => Promise<void>
): Promise<Stored> => {
  await fs.mkdir(directory, { recursive: true, mode: 0o700 })
  const part = await stage(directory, content)
  await staged()
  try {
    const { size } = await fs.stat(part)
    const type = await typeOf(part)
    const safe = safeName(suggested)
    const wanted = !hasExtension(safe) && type.extension !== null ? `${safe}.${type.extension}` : safe
    const sha256 = await digest(part)
    return { name: await publish(directory, part, wanted, taken), bytes: size, sha256, type: type.mime }
  } catch (cause) {
    await fs.rm(part, { force: true })
    throw cause
  }
}

export const store = (
  directory: string,
  content: Content,
  suggested: string,
  taken: ReadonlySet<string>
): Effect.Effect<Stored, OracleError> =>
  Effect.flatMap(CrashPoint, (points) =>
    Effect.tryPromise({
      try: () => save(directory, content, suggested, taken, () => Effect.runPromise(points.reach("artifact.part"))),
      catch: (cause) =>
        cause instanceof Error && "code" in cause && cause.code === "ENOSPC"
          ? oracleError("disk_full", "no space is left for a file of the answer", { cause })
          : oracleError("artifact_failed", "the file could not be written", { cause })
    }))
