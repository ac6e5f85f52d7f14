/** What a submission would send, for people: entries, sizes, what was left out and why, and secrets. */
import type { Exclusion, SecretFinding, Selected } from "@effect-oracle/core/archive/Archiver"
import { count, plural, size } from "@effect-oracle/core/text/Format"
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import { table } from "./Table.ts"

const largestFirst = (selected: Selected) =>
  selected.entries.toSorted((a, b) => b.bytes - a.bytes || compare(a.path, b.path))

const compare = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0

/** Entries with their sizes, the largest first; `limit` rows and a line that says how many more there are. */
export const entryLines = (selected: Selected, limit: number, columns?: number): ReadonlyArray<string> => {
  const rows = largestFirst(selected).slice(0, limit)
  const rest = selected.entries.length - rows.length
  return [
    ...table(
      [
        { title: "SIZE", cell: (entry) => size(entry.bytes), align: "right" },
        { title: "FILE", cell: (entry) => sanitiseLine(entry.path), flexible: true }
      ],
      rows,
      columns
    ),
    ...(rest > 0 ? [`… and ${plural(rest, "smaller file")}`] : [])
  ]
}

export const totalLine = (selected: Selected): string =>
  `${plural(selected.entries.length, "file")}, ${size(selected.bytes)} before compression, about ${
    count(selected.tokens)
  } tokens of text`

/** Exclusions, each with the rule that left it out; folders end in a slash. */
export const exclusionLines = (
  exclusions: ReadonlyArray<Exclusion>,
  limit: number,
  columns?: number
): ReadonlyArray<string> => {
  const rows = exclusions.slice(0, limit)
  const rest = exclusions.length - rows.length
  return [
    ...table(
      [
        { title: "LEFT OUT", cell: (each) => sanitiseLine(each.path) + (each.directory ? "/" : ""), flexible: true },
        { title: "BECAUSE OF", cell: (each) => sanitiseLine(each.rule) }
      ],
      rows,
      columns
    ),
    ...(rest > 0 ? [`… and ${count(rest)} more; 'oracle pack --json' lists all`] : [])
  ]
}

export const secretLines = (secrets: ReadonlyArray<SecretFinding>): ReadonlyArray<string> =>
  table([
    { title: "SECRET IN", cell: (each) => `${sanitiseLine(each.path)}:${each.line}` },
    { title: "KIND", cell: (each) => sanitiseLine(each.rule) },
    { title: "VALUE", cell: (each) => sanitiseLine(each.masked) },
    { title: "", cell: (each) => each.allowed ? "allowed" : "not allowed" }
  ], secrets)
