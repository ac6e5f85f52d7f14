/** A Markdown table as the formatter of this repository writes it: columns padded to their widest cell. */

const escape = (cell: string) => cell.replaceAll("|", "\\|").replaceAll("<", "\\<")

/** `<` outside of code would be read as HTML. */
const safe = (cell: string) =>
  cell.split(/(`[^`]*`)/).map((part, index) => index % 2 === 0 ? escape(part) : part.replaceAll("|", "\\|")).join("")

export const markdownTable = (header: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const body = rows.map((row) => row.map(safe))
  const widths = header.map((title, column) =>
    Math.max(3, title.length, ...body.map((row) => row[column]?.length ?? 0))
  )
  const line = (cells: ReadonlyArray<string>) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n")
}
