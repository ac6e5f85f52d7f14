// @effect-diagnostics nodeBuiltinImport:off
/** Finds the ignore files that hold in a folder: its own, those above it up to the git root, and git's private one. */
import { closeSync, existsSync, readFileSync, statSync } from "node:fs"
import { homedir } from "node:os"
import { dirname, join, relative, resolve, sep } from "node:path"
import { type IgnoreChain, IgnoreFile, type IgnoreSource, linesOf } from "../../archive/IgnoreRules.ts"
import { openRegular } from "./SafeFile.ts"

/** The two kinds are kept apart: what `.oracleignore` says wins over git, also when it re-includes. */
export interface Ignores {
  readonly oracle: IgnoreChain
  readonly git: IgnoreChain
}

export const gitignore = ".gitignore"
export const oracleignore = ".oracleignore"

// File systems that do not tell cases apart by default.
export const ignoreCase = process.platform === "darwin" || process.platform === "win32"

/**
 * The chains above the project root. A project inside a larger repository obeys that repository's ignore files; a
 * repository at home, or above, is not one that the project belongs to.
 */
export const ignoresAbove = (root: string): Ignores => {
  const top = gitTop(root)
  if (top === undefined) return { oracle: [], git: [] }
  const chain: Array<IgnoreFile> = []
  for (let folder = root; folder !== top;) {
    folder = dirname(folder)
    const file = read(join(folder, gitignore), `${posix(relative(root, folder))}/${gitignore}`)
    if (file !== undefined) chain.push(reaching(file, posix(relative(folder, root))))
  }
  const exclude = read(join(gitDirectory(top), "info", "exclude"), ".git/info/exclude")
  if (exclude !== undefined) chain.push(reaching(exclude, posix(relative(top, root))))
  return { oracle: [], git: chain }
}

/** The chains inside `folder` (root-relative, "" for the root), given those outside and whether it holds such files. */
export const ignoresIn = (
  outer: Ignores,
  root: string,
  folder: string,
  has: { readonly gitignore: boolean; readonly oracleignore: boolean }
): Ignores => {
  const load = (name: string, present: boolean, chain: IgnoreChain): IgnoreChain => {
    if (!present) return chain
    const label = folder === "" ? name : `${folder}/${name}`
    const file = read(join(root, folder, name), label)
    return file === undefined ? chain : [new IgnoreFile({ ...file, base: folder }, ignoreCase), ...chain]
  }
  return {
    oracle: load(oracleignore, has.oracleignore, outer.oracle),
    git: load(gitignore, has.gitignore, outer.git)
  }
}

/** Like git, does not follow a link. */
const read = (path: string, label: string): IgnoreSource | undefined => {
  const file = openRegular(path)
  if (typeof file === "string") return undefined
  try {
    return { label, base: "", lines: linesOf(readFileSync(file.fd, "utf8")) }
  } finally {
    closeSync(file.fd)
  }
}

/** An ignore file that stands above the root, without the lines that ignore the root itself. */
const reaching = (source: IgnoreSource, below: string): IgnoreFile =>
  new IgnoreFile({ ...source, below }, ignoreCase).keeping("")

const gitTop = (root: string): string | undefined => {
  const home = homedir()
  for (let folder = root;; folder = dirname(folder)) {
    if (folder !== root && (home === folder || home.startsWith(folder.endsWith(sep) ? folder : folder + sep))) {
      return undefined
    }
    if (existsSync(join(folder, ".git"))) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** `.git` itself, or what a worktree's or submodule's `.git` file points at; `info` is shared by all worktrees. */
const gitDirectory = (top: string): string => {
  const dotGit = join(top, ".git")
  try {
    if (statSync(dotGit).isDirectory()) return dotGit
    const target = /^gitdir: (.+)$/m.exec(readFileSync(dotGit, "utf8"))?.[1]
    if (target === undefined) return dotGit
    const directory = resolve(top, target.trim())
    const common = join(directory, "commondir")
    return existsSync(common) ? resolve(directory, readFileSync(common, "utf8").trim()) : directory
  } catch {
    return dotGit
  }
}

const posix = (path: string): string => (sep === "/" ? path : path.replaceAll(sep, "/"))
