/** The refusal of an archive over its ceiling: where the bytes are, and in which order to narrow the selection. Pure. */
import { type OracleError, oracleError } from "../error/OracleError.ts"

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
const filesAtMost = 3

/** Largest first: top-level folders and files, with their uncompressed bytes. */
export const breakdown = (entries: Measured["entries"]): ReadonlyArray<Part> => {
  const sums = new Map<string, number>()
  for (const { bytes, path } of entries) {
    const slash = path.indexOf("/")
    const top = slash === -1 ? path : path.slice(0, slash + 1)
    sums.set(top, (sums.get(top) ?? 0) + bytes)
  }
  return [...sums].map(([path, bytes]) => ({ path, bytes })).toSorted(largestFirst)
}

/** Steps in the order in which they should be tried. */
export const narrowingPlan = (measured: Measured): ReadonlyArray<string> => {
  const files = measured.entries.toSorted(largestFirst).slice(0, filesAtMost)
  const folders = breakdown(measured.entries).filter(({ path }) => path.endsWith("/")).slice(0, filesAtMost)
  return [
    ...files.map(({ bytes, path }) => `--files '!${path}' (${size(bytes)})`),
    ...folders.map(({ bytes, path }) => `--files '!${path.slice(0, -1)}' (${size(bytes)})`),
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
