/** Sorts the rows of a picker: what is chosen by a press, what leads further, and what each of them means. Pure. */
import type { PickerRow } from "../../page-script/protocol.ts"
import { says } from "../../page-script/words.ts"
import type { SiteDefinition } from "../../site/Site.ts"
import { type Named, named, namedById } from "./Vocabulary.ts"

export type Picker = SiteDefinition["picker"]

export interface Row extends Named {
  readonly row: PickerRow
  readonly kind: "leaf" | "opener" | "effortBox" | "switch" | "other"
  /** The family whose effort this row leads to; `any` where it belongs to whatever is chosen. */
  readonly effortOf: "pro" | "thinking" | "any" | null
  /** What a box shows as its present value. */
  readonly value: string
}

export const rowKey = (row: PickerRow): string => `${row.kind} ${row.name} ${row.testId}`

const effortOf = (picker: Picker, row: PickerRow): Row["effortOf"] => {
  const byId = /(pro|thinking|instant)?-thinking-effort/.exec(row.testId)
  const byName = says(row.name, picker.effort) || says(row.name, picker.proEffort)
  if (byId === null && !byName) return null
  const family = byId?.[1]
  if (family === "pro" || says(row.name, picker.proEffort) || /^pro\b/i.test(row.name)) return "pro"
  return family === "thinking" || /^thinking thinking/i.test(row.name) ? "thinking" : "any"
}

const kindOf = (picker: Picker, row: PickerRow, words: Named, effort: Row["effortOf"]): Row["kind"] => {
  if (row.kind === "close") return "other"
  if (row.kind === "switch" || says(row.name, picker.autoSwitch)) return "switch"
  if (row.kind === "combobox") return effort === null ? "other" : "effortBox"
  if (row.expandable || effort !== null) return "opener"
  // One German word means advanced and extended: what can be chosen is no way to more.
  const chosen = row.kind === "option" && (words.tier !== null || words.effort !== null)
  if (!chosen && says(row.name, [...picker.configure, ...picker.advanced])) return "opener"
  return words.tier !== null || words.effort !== null ? "leaf" : "other"
}

const wordsOf = (picker: Picker, row: PickerRow): Named => {
  for (const words of [named(picker, row.name), named(picker, row.description), namedById(picker, row.testId)]) {
    if (words.tier !== null || words.effort !== null) return words
  }
  return { tier: null, effort: null }
}

export const readRow = (picker: Picker, row: PickerRow): Row => {
  const effort = effortOf(picker, row)
  const words = wordsOf(picker, row)
  return { ...words, row, kind: kindOf(picker, row, words, effort), effortOf: effort, value: row.description }
}

const levels = new Set(["medium", "high", "extra_high"])

/** True for a picker that has one list of levels instead of families and efforts. */
export const compactIn = (leaves: ReadonlyArray<Row>): boolean =>
  leaves.some(({ tier }) => tier !== null && levels.has(tier))
