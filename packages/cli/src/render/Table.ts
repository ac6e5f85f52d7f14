/** Plain tables: aligned columns, one row a line, cut to the width of the terminal only in the columns that may be cut. */
import * as CliOutput from "effect/cli/CliOutput"

export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => string
  readonly align?: "left" | "right"
  /** Cut at the end where the table is wider than the terminal; at most one column. */
  readonly flexible?: boolean
}

/** Cells of the terminal that a text takes; plain ASCII, the usual case, is not measured. */
export const widthOf = (text: string): number =>
  /^[\u0020-\u007e]*$/.test(text) ? text.length : CliOutput.displayWidth(text)

/** At most `width` cells, the last one an ellipsis where something was cut. */
export const cut = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text
  const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" })
  let kept = ""
  let used = 0
  for (const { segment } of segments.segment(text)) {
    const cells = widthOf(segment)
    if (used + cells > width - 1) break
    kept += segment
    used += cells
  }
  return `${kept}…`
}

const pad = (text: string, width: number, align: "left" | "right") => {
  const blanks = " ".repeat(Math.max(0, width - widthOf(text)))
  return align === "right" ? blanks + text : text + blanks
}

/** The lines of a table, its head first. `width` is that of the terminal; without one nothing is cut. */
export const table = <Row>(
  columns: ReadonlyArray<Column<Row>>,
  rows: ReadonlyArray<Row>,
  width: number = Number.POSITIVE_INFINITY
): ReadonlyArray<string> => {
  const cells = [columns.map((column) => column.title), ...rows.map((row) => columns.map((column) => column.cell(row)))]
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => widthOf(row[index] ?? ""))))
  const total = widths.reduce((sum, each) => sum + each, 2 * (columns.length - 1))
  const flexible = columns.findIndex((column) => column.flexible === true)
  if (flexible >= 0 && total > width) {
    widths[flexible] = Math.max(8, (widths[flexible] ?? 0) - (total - width))
  }
  return cells.map((row) =>
    row.map((text, index) => {
      const room = widths[index] ?? 0
      return pad(index === flexible ? cut(text, room) : text, room, columns[index]?.align ?? "left")
    }).join("  ").trimEnd()
  )
}
