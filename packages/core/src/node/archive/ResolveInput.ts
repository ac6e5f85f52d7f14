// @effect-diagnostics nodeBuiltinImport:off
/** Turns one word of `--files` into candidates, or says why there is nothing to take. */
import { lstatSync, realpathSync, type Stats, statSync } from "node:fs"
import { homedir } from "node:os"
import { basename, dirname, join, resolve } from "node:path"
import { credentialRule } from "../../archive/BuiltInRules.ts"
import type { Glob, Include } from "../../archive/SelectionInput.ts"
import { type OracleError, oracleError } from "../../error/OracleError.ts"
import type { Breather } from "./Breather.ts"
import { errno, isMissing } from "./FileFailure.ts"
import type { ProjectRules } from "./ProjectRules.ts"
import { isInside } from "./SafeFile.ts"
import type { Selecting } from "./Selecting.ts"
import { rootRelative, specialFile, walk } from "./Walk.ts"

export interface Project {
  /** Real paths. */
  readonly root: string
  readonly cwd: string
  readonly rules: ProjectRules
  readonly selecting: Selecting
  readonly breather: Breather
}

export const resolveInput = async (project: Project, input: Include): Promise<void> => {
  const { selecting } = project
  selecting.restart()
  const named = await takeNamed(project, input.raw)
  if (!named) {
    if (input.glob === null) throw missing(project, input.raw)
    await takeGlob(project, input.raw, input.glob)
  }
  if (selecting.found === 0) throw nothingLeft(input.raw, selecting)
}

/** False when no file or folder has this name. */
const takeNamed = async (project: Project, raw: string): Promise<boolean> => {
  if (raw === "" || raw.includes("\0")) return false
  const place = locate(project, raw)
  if (place === undefined) return false
  const { path, real, stats } = place
  refuseCredential(raw, path, stats.isDirectory())
  refuseCredential(raw, rootRelative(project.root, real), stats.isDirectory())
  const excluded = project.rules.excludedWith(path)
  if (excluded !== undefined) project.selecting.leaveOut(path, excluded, stats.isDirectory())
  else if (stats.isDirectory()) await takeFolder(project, rootRelative(project.root, real), null)
  else if (stats.isFile()) project.selecting.add({ path, real, named: true })
  else project.selecting.leaveOut(path, specialFile(stats), false)
  return true
}

const takeGlob = async (project: Project, raw: string, glob: Glob): Promise<void> => {
  const place = locate(project, glob.base === "" ? "." : glob.base, raw)
  if (place === undefined) throw missing(project, raw)
  if (!place.stats.isDirectory()) throw missing(project, raw)
  const folder = rootRelative(project.root, place.real)
  refuseCredential(raw, folder, true)
  const excluded = project.rules.excludedWith(folder)
  if (excluded !== undefined) project.selecting.leaveOut(folder, excluded, true)
  else await takeFolder(project, folder, glob)
}

const takeFolder = (project: Project, folder: string, glob: Glob | null): Promise<void> => {
  refuseHome(join(project.root, folder))
  return walk({
    root: project.root,
    folder,
    rules: project.rules,
    glob,
    sink: project.selecting,
    breather: project.breather
  })
}

/** Home, and what holds it, is no project: single files are taken from there, never what lies in it. */
const refuseHome = (folder: string): void => {
  const home = realHome()
  if (home === undefined || !isInside(folder, home)) return
  throw oracleError("archive_input_outside", `'${folder}' is the home directory or holds it, which is no project`, {
    step: "run the command in the project's own folder, or name single files",
    facts: { folder }
  })
}

const realHome = (): string | undefined => {
  try {
    return realpathSync.native(homedir())
  } catch {
    return undefined
  }
}

interface Place {
  /** Root-relative; folder links on the way are resolved, a link at the end is not. */
  readonly path: string
  readonly real: string
  readonly stats: Stats
}

/** Undefined when there is nothing; throws when it lies outside the project. */
const locate = ({ cwd, root }: Project, name: string, raw = name): Place | undefined => {
  const asked = resolve(cwd, name)
  try {
    const isLink = lstatSync(asked).isSymbolicLink()
    const here = asked === dirname(asked) ? asked : join(realpathSync.native(dirname(asked)), basename(asked))
    const real = realpathSync.native(asked)
    if (!isInside(root, real)) throw outside(raw, isLink ? ", it is a symlink that leads there" : "")
    // A link from outside to the root itself is how the project was reached.
    const path = isInside(root, here) ? rootRelative(root, here) : rootRelative(root, real)
    return { path, real, stats: statSync(real) }
  } catch (cause) {
    if (isMissing(cause) || errno(cause) === "ELOOP") return undefined
    if (errno(cause) === "EACCES") {
      throw oracleError("archive_input_missing", `'${raw}' cannot be read`, { facts: { input: raw } })
    }
    throw cause
  }
}

const refuseCredential = (raw: string, path: string, directory: boolean): void => {
  const rule = credentialRule(directory && path !== "" ? `${path}/.` : path)
  if (rule !== undefined) {
    throw oracleError("archive_credential_file", `'${raw}' is never archived (${rule})`, { facts: { path, rule } })
  }
}

const outside = (raw: string, why = ""): OracleError =>
  oracleError("archive_input_outside", `'${raw}' lies outside the project${why}`, { facts: { input: raw } })

const missing = ({ cwd, root }: Project, raw: string): OracleError =>
  isInside(root, resolve(cwd, raw))
    ? oracleError("archive_input_missing", `'${raw}' does not exist in ${root}`, { facts: { input: raw, root } })
    : outside(raw)

const nothingLeft = (raw: string, { leftOut }: Selecting): OracleError =>
  leftOut.length === 0
    ? oracleError("archive_input_empty", `'${raw}' matches no file`, { facts: { input: raw, exclusions: [] } })
    : emptied(`nothing is left of '${raw}'`, leftOut, { input: raw })

const rulesShown = 5
const rulesCarried = 200

/** The refusal of a selection of which nothing is left, with what was left out by which rule. */
export const emptied = (
  what: string,
  leftOut: Selecting["leftOut"],
  facts: Readonly<Record<string, string>> = {}
): OracleError => {
  const shown = leftOut.slice(0, rulesShown).map(({ path, rule }) => `${path === "" ? "." : path} (${rule})`).join(", ")
  const more = leftOut.length > rulesShown ? ` and ${leftOut.length - rulesShown} more` : ""
  return oracleError("archive_input_empty", `${what}: left out are ${shown}${more}`, {
    facts: { ...facts, exclusions: leftOut.slice(0, rulesCarried).map(({ path, rule }) => ({ path, rule })) }
  })
}
