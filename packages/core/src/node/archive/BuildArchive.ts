// @effect-diagnostics nodeBuiltinImport:off
/** `Archiver.build`: passes into a private temporary file until the archive fits, then one rename. */
import { closeSync, fsyncSync, ftruncateSync, openSync, renameSync, rmSync } from "node:fs"
import { dirname } from "node:path"
import type { BuildRequest, Built } from "../../archive/Archiver.ts"
import { withoutFolders } from "../../archive/Manifest.ts"
import { choosePruning, type FolderCost, generatedFolderOf } from "../../archive/Pruning.ts"
import { tooLarge } from "../../archive/TooLarge.ts"
import { temporaryMark } from "../AtomicFile.ts"
import { type Pass, runPass } from "./ArchivePass.ts"
import { Breather } from "./Breather.ts"
import { byPath } from "./Selecting.ts"

export const buildArchive = async (request: BuildRequest, signal: AbortSignal): Promise<Built> => {
  signal.throwIfAborted()
  const temporary = `${request.target}.${temporaryMark()}.tmp`
  const fd = openSync(temporary, "wx", 0o600)
  try {
    const built = await passes(request, fd, signal)
    fsyncSync(fd)
    signal.throwIfAborted()
    renameSync(temporary, request.target)
    syncFolder(dirname(request.target))
    return built
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw cause
  } finally {
    closeSync(fd)
  }
}

const passes = async (request: BuildRequest, fd: number, signal: AbortSignal): Promise<Built> => {
  const { format, maxBytes, onProgress, selected, target } = request
  const all = selected.entries.toSorted(byPath)
  const breather = new Breather(signal)
  let pruned: ReadonlyArray<string> = []
  let folders: ReadonlyArray<FolderCost> = []
  for (;;) {
    const entries = withoutFolders(all, pruned)
    const measureFolders = pruned.length === 0 && mayPrune(request)
    ftruncateSync(fd, 0)
    const pass = await runPass({
      root: selected.root,
      entries,
      format,
      fd,
      limit: maxBytes,
      measureFolders,
      breather,
      onProgress
    })
    if (pass.bytes <= maxBytes) return builtOf(target, format, entries.length, pass, pruned)
    if (measureFolders) folders = pass.folders
    const more = choosePruning(pass.bytes, maxBytes, folders.filter(({ path }) => !pruned.includes(path)))
    if (more === undefined || withoutFolders(entries, more).length === 0) {
      throw tooLarge({ limit: maxBytes, bytes: pass.bytes, entries, prunedPaths: pruned })
    }
    pruned = [...pruned, ...more].toSorted()
  }
}

/** The input could be too large, and it was the whole project that was asked for. */
const mayPrune = ({ maxBytes, selected }: BuildRequest): boolean =>
  selected.wholeProject
  && selected.bytes + selected.entries.length * headerBytes > maxBytes
  && selected.entries.some(({ path }) => generatedFolderOf(path) !== undefined)

const headerBytes = 1024

const builtOf = (
  path: string,
  format: Built["format"],
  entries: number,
  pass: Pass,
  prunedPaths: ReadonlyArray<string>
): Built => ({
  path,
  format,
  bytes: pass.bytes,
  sha256: pass.sha256,
  entries,
  uncompressedBytes: pass.uncompressedBytes,
  prunedPaths
})

/** Makes the rename durable, where folders can be synced. */
const syncFolder = (folder: string): void => {
  if (process.platform === "win32") return
  const fd = openSync(folder, "r")
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
