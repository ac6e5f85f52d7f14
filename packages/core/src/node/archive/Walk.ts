// @effect-diagnostics nodeBuiltinImport:off
/** Walks one folder of a project: candidates for the archive, and what is left out with its rule. Follows no folder link. */
import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from "node:fs"
import { join } from "node:path"
import type { Glob } from "../../archive/SelectionInput.ts"
import type { Breather } from "./Breather.ts"
import { errno } from "./FileFailure.ts"
import { gitignore, type Ignores, oracleignore } from "./IgnoreFiles.ts"
import { type ProjectRules, reincluding } from "./ProjectRules.ts"
import { isInside } from "./SafeFile.ts"
import type { Sink } from "./Selecting.ts"

export interface WalkRequest {
  readonly root: string
  /** Root-relative, "" for the root. */
  readonly folder: string
  readonly rules: ProjectRules
  /** Only these files of the folder, when a glob was asked for. */
  readonly glob: Pick<Glob, "matches" | "depth"> | null
  readonly sink: Sink
  readonly breather: Breather
}

interface Pending {
  readonly folder: string
  /** How many folders below the one that was asked for. */
  readonly depth: number
  readonly outer: Ignores
}

export const walk = async (request: WalkRequest): Promise<void> => {
  const { breather, folder, rules } = request
  const pending: Array<Pending> = [{ folder, depth: 0, outer: rules.outside(folder) }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const child of visit(request, next)) pending.push(child)
    if (breather.due) await breather.breathe()
  }
}

/** Takes what lies directly in a folder; returns the folders to walk next. */
const visit = (request: WalkRequest, { depth, folder, outer }: Pending): ReadonlyArray<Pending> => {
  const { root, rules, sink } = request
  const children = list(join(root, folder))
  if (children === undefined) {
    sink.leaveOut(folder, isMangled(root, folder) ? "name is not valid UTF-8" : "not readable", true)
    return []
  }
  const ignores = rules.enter(folder, outer, {
    gitignore: children.some(({ name }) => name === gitignore),
    oracleignore: children.some(({ name }) => name === oracleignore)
  })
  const deepest = request.glob?.depth ?? Number.POSITIVE_INFINITY
  const folders: Array<Pending> = []
  for (const child of children) {
    const path = folder === "" ? child.name : `${folder}/${child.name}`
    const directory = child.isDirectory()
    if (directory ? depth >= deepest : !isWanted(request, path)) continue
    const { reincluded, rule } = rules.decide(path, directory, ignores)
    if (rule !== undefined) sink.leaveOut(path, rule, directory)
    else if (directory) {
      folders.push({
        folder: path,
        depth: depth + 1,
        outer: reincluded === true ? reincluding(ignores, path) : ignores
      })
    } else take(request, path, child)
  }
  return folders
}

const isWanted = ({ folder, glob }: WalkRequest, path: string): boolean =>
  glob === null || glob.matches(folder === "" ? path : path.slice(folder.length + 1))

const take = ({ root, rules, sink }: WalkRequest, path: string, child: Dirent): void => {
  if (isMangled(root, path)) return sink.leaveOut(path, "name is not valid UTF-8", false)
  if (child.isFile()) return sink.add({ path, real: join(root, path), named: false })
  if (!child.isSymbolicLink()) return sink.leaveOut(path, specialFile(child), false)
  const link = followLink(root, path)
  if (typeof link === "string") return sink.leaveOut(path, link, false)
  const rule = rules.unreachable(link.target)
  if (rule !== undefined) return sink.leaveOut(path, `symlink to a file that is left out (${rule})`, false)
  sink.add({ path, real: link.real, named: false })
}

/** Names that are not UTF-8 come with replacement characters, under which there is no file. */
const isMangled = (root: string, path: string): boolean =>
  path.includes("\uFFFD") && lstatSync(join(root, path), { throwIfNoEntry: false }) === undefined

/** The file that a link inside the project leads to, or why it is not taken. */
const followLink = (root: string, path: string): { readonly real: string; readonly target: string } | string => {
  let real: string
  try {
    real = realpathSync.native(join(root, path))
  } catch (cause) {
    return errno(cause) === "ELOOP" ? "symlink loop" : "broken symlink"
  }
  if (!isInside(root, real)) return "symlink outside project"
  const stats = statSync(real, { throwIfNoEntry: false })
  if (stats === undefined) return "broken symlink"
  if (stats.isDirectory()) return "symlink to a folder"
  return stats.isFile() ? { real, target: rootRelative(root, real) } : "symlink to something that is not a regular file"
}

/** The way from the root (a real path) to `real`, with `/`; "" for the root itself. */
export const rootRelative = (root: string, real: string): string => {
  const rest = real.slice(root.length)
  const posix = process.platform === "win32" ? rest.replaceAll("\\", "/") : rest
  return posix.startsWith("/") ? posix.slice(1) : posix
}

export const specialFile = (
  kind: { isFIFO(): boolean; isSocket(): boolean; isBlockDevice(): boolean; isCharacterDevice(): boolean }
): string => {
  if (kind.isFIFO()) return "FIFO"
  if (kind.isSocket()) return "socket"
  return kind.isBlockDevice() || kind.isCharacterDevice() ? "device" : "not a regular file"
}

const list = (folder: string): ReadonlyArray<Dirent> | undefined => {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return undefined
  }
}
