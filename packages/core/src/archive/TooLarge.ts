/** The refusal of an archive over its ceiling: where the bytes are, and in which order to narrow the selection. Pure. */
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { generatedFolderOf } from "./Pruning.ts"

export interface Measured {
  readonly limit: number
  /** Compressed bytes. */
  readonly bytes: number
  readonly entries: ReadonlyArray<{ readonly path: string; readonly bytes: number }>
  readonly prunedPaths: ReadonlyArray<string>
}

interface Part {
  readonly path: string
  /** Uncompressed. */
  readonly bytes: number
}

const partsAtMost = 7
const eachAtMost = 3

/** Largest first: top-level folders (with a slash) and files, with their uncompressed bytes. */
export const breakdown = (entries: Measured["entries"]): ReadonlyArray<Part> =>
  sums(entries, ({ path }) => (path.includes("/") ? `${folderOf(path) ?? ""}/` : path))

/** Steps in the order in which they should be tried: generated output, the largest files, the largest folders. */
export const narrowingPlan = (measured: Measured): ReadonlyArray<string> => {
  const generated = sums(measured.entries, ({ path }) => generatedFolderOf(path)).slice(0, eachAtMost)
  const other = measured.entries.filter(({ path }) => generatedFolderOf(path) === undefined)
  const files = other.toSorted(largestFirst).slice(0, eachAtMost)
  const folders = sums(other, ({ path }) => folderOf(path)).slice(0, eachAtMost)
  return [
    ...[...generated, ...files, ...folders].map(({ bytes, path }) => `--files '!${path}' (${size(bytes)})`),
    "name only the folders the question is about instead of '.'"
  ]
}

export const tooLarge = (measured: Measured): OracleError => {
  const parts = breakdown(measured.entries).slice(0, partsAtMost)
  const plan = narrowingPlan(measured)
  const pruned = measured.prunedPaths.length === 0 ? "" : ` after leaving out ${measured.prunedPaths.join(", ")}`
  return oracleError(
    "archive_too_large",
    `the archive is ${size(measured.bytes)}${pruned}, the limit is ${
      size(measured.limit)
    }; largest parts before compression: ${parts.map(({ bytes, path }) => `${path} ${size(bytes)}`).join(", ")}`,
    {
      step: `leave something out and try again, in this order: ${plan.join("; ")}`,
      facts: {
        limitBytes: measured.limit,
        bytes: measured.bytes,
        prunedPaths: measured.prunedPaths,
        breakdown: parts.map(({ bytes, path }) => ({ path, bytes })),
        plan
      }
    }
  )
}

const folderOf = (path: string): string | undefined => {
  const slash = path.indexOf("/")
  return slash === -1 ? undefined : path.slice(0, slash)
}

/** Bytes per group, largest first; entries without a group do not count. */
const sums = (entries: Measured["entries"], groupOf: (entry: Part) => string | undefined): ReadonlyArray<Part> => {
  const groups = new Map<string, number>()
  for (const entry of entries) {
    const group = groupOf(entry)
    if (group !== undefined) groups.set(group, (groups.get(group) ?? 0) + entry.bytes)
  }
  return [...groups].map(([path, bytes]) => ({ path, bytes })).toSorted(largestFirst)
}

const largestFirst = (a: Part, b: Part): number => b.bytes - a.bytes || (a.path < b.path ? -1 : 1)

const units = ["bytes", "KiB", "MiB", "GiB"]

/** `1.5 MiB`. */
export const size = (bytes: number): string => {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ""}`
}
