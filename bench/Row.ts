/** One measured line of `npm run bench`, next to the raw baseline that was measured in the same run. */

export interface Row {
  readonly name: string
  /** What Oracle took, in `unit`. */
  readonly value: number
  /** The same work done by the raw tool, in `unit`; null where nothing raw compares. */
  readonly baseline: number | null
  /** `value / baseline`, or null without a baseline. */
  readonly ratio: number | null
  /** Upper bound of `ratio`, or of `value` where `ratio` is null; null where the row is for information only. */
  readonly target: number | null
  /** The target is a lower bound. */
  readonly more?: boolean
  readonly unit: "ms" | "MB" | "MB/s" | "s" | "/s"
  readonly note?: string
}

/** A row compared with a baseline: the target bounds the ratio. */
export const compared = (
  row: Pick<Row, "name" | "value" | "unit" | "note"> & { readonly baseline: number; readonly target: number | null }
): Row => ({ ...row, ratio: row.value / row.baseline })

/** A row without a baseline: the target bounds the value itself. */
export const absolute = (row: Pick<Row, "name" | "value" | "unit" | "note" | "target" | "more">): Row => ({
  ...row,
  baseline: null,
  ratio: null
})

/** Null where the row has no target. */
export const meets = (row: Row): boolean | null => {
  if (row.target === null) return null
  const measured = row.ratio ?? row.value
  return row.more === true ? measured >= row.target : measured <= row.target
}

export const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
