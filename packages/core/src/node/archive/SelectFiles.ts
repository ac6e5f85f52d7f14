// @effect-diagnostics nodeBuiltinImport:off
/** `Archiver.select`: from the words of a request to the entries, exclusions and secrets of the selection. */
import { realpathSync } from "node:fs"
import { posix } from "node:path"
import type { Entry, SecretFinding, Selected, SelectRequest } from "../../archive/Archiver.ts"
import { parseInputs } from "../../archive/SelectionInput.ts"
import { TokenMeter } from "../../archive/TokenEstimate.ts"
import { size } from "../../archive/TooLarge.ts"
import { oracleError } from "../../error/OracleError.ts"
import { Breather } from "./Breather.ts"
import { isMissing } from "./FileFailure.ts"
import { ignoreCase } from "./IgnoreFiles.ts"
import { ProjectRules } from "./ProjectRules.ts"
import { EntryReader, largestFile } from "./ReadEntry.ts"
import { emptied, resolveInput } from "./ResolveInput.ts"
import { isInside } from "./SafeFile.ts"
import { type Candidate, Selecting } from "./Selecting.ts"
import { rootRelative } from "./Walk.ts"

export const selectFiles = async (request: SelectRequest, signal: AbortSignal): Promise<Selected> => {
  const { excludes, includes } = parseInputs(request.inputs, ignoreCase)
  if (includes.length === 0) throw oracleError("archive_input_required", "no file, folder or glob is named")
  const root = realDirectory(request.root)
  const cwd = realDirectory(request.cwd)
  if (!isInside(root, cwd)) throw oracleError("archive_input_outside", `'${request.cwd}' lies outside the project`)
  const from = rootRelative(root, cwd)
  const fromCwd = (path: string) => (from === "" ? path : posix.relative(from, path))
  const breather = new Breather(signal)
  const selecting = new Selecting()
  const rules = new ProjectRules({ root, excludes, fromCwd, configured: request.exclude })
  for (const input of includes) await resolveInput({ root, cwd, rules, selecting, breather }, input)
  const read = await readAll(
    root,
    selecting,
    new Set(request.allowSecretFiles.map((path) => posix.normalize(path))),
    breather
  )
  return { root, ...read, exclusions: selecting.exclusions, wholeProject: includes.some(({ raw }) => isWhole(raw)) }
}

const isWhole = (raw: string): boolean => /^\.\/*$/.test(raw)

const realDirectory = (path: string): string => {
  try {
    return realpathSync.native(path)
  } catch (cause) {
    if (isMissing(cause)) throw oracleError("archive_input_missing", `the folder '${path}' does not exist`)
    throw cause
  }
}

type Read = Pick<Selected, "entries" | "secrets" | "bytes" | "tokens">

const readAll = async (
  root: string,
  selecting: Selecting,
  allowed: ReadonlySet<string>,
  breather: Breather
): Promise<Read> => {
  const entries: Array<Entry> = []
  const secrets: Array<SecretFinding> = []
  const meter = new TokenMeter()
  const reader = new EntryReader(root, meter, breather)
  let bytes = 0
  for (const candidate of selecting.candidates) {
    const file = await reader.read(candidate.real, candidate.path)
    if (typeof file === "string") {
      refuseNamed(candidate, file)
      selecting.withdraw(candidate.path, file === "too large" ? `larger than ${size(largestFile)}` : file)
      continue
    }
    const { findings, ...facts } = file
    entries.push({ path: candidate.path, ...facts })
    for (const finding of findings) {
      secrets.push({ path: candidate.path, ...finding, allowed: allowed.has(candidate.path) })
    }
    bytes += file.bytes
    if (breather.due) await breather.breathe()
  }
  if (bytes === 0) {
    throw selecting.exclusions.length === 0
      ? oracleError("archive_input_empty", "all selected files are empty", { facts: { exclusions: [] } })
      : emptied("no other selected file holds anything", selecting.exclusions)
  }
  return { entries, secrets, bytes, tokens: meter.tokens }
}

/** A file that a walk met may be gone or locked; one that a person named may not. */
const refuseNamed = ({ named, path }: Candidate, why: string): void => {
  if (!named) return
  if (why === "outside") throw oracleError("archive_input_outside", `'${path}' leads outside the project`)
  if (why === "too large") {
    throw oracleError("archive_too_large", `'${path}' is larger than a single file may be (${size(largestFile)})`)
  }
  throw oracleError("archive_input_missing", `'${path}' cannot be taken: ${why}`, { facts: { input: path } })
}
