/** Help that fits the terminal: what stands right of the names is broken between words and goes on under its column. Pure. */
/* oxlint-disable eslint/no-control-regex */

const codes = /\u001b\[[0-9;]*m/g

const cells = (text: string): number => text.replaceAll(codes, "").length

/** The names, at least three blanks, and what is said about them. */
const row = /^( {2}\S.*? {3,})(\S.*)$/

/** Sentences are no longer than this on any terminal. */
export const widest = 100

/** Sentences in lines, indented by two but for the first, which the caller indents. */
export const paragraph = (text: string, columns: number): string => {
  const room = Math.max(20, Math.min(widest, columns) - 2)
  return text.replace(new RegExp(`(.{1,${room}})(?:\\s+|$)`, "g"), "$1\n").trim().replaceAll("\n", "\n  ")
}

export const fitHelp = (help: string, columns: number): string =>
  help.split("\n").flatMap((line) => cells(line) <= columns ? [line] : fitLine(line, columns)).join("\n")

const fitLine = (line: string, columns: number): ReadonlyArray<string> => {
  const [, names, words] = row.exec(line) ?? []
  if (names === undefined || words === undefined) return [line]
  const indent = Math.min(cells(names), Math.floor(columns / 2))
  const lines: Array<string> = [cells(names) > indent ? names.trimEnd() : names]
  if (cells(names) > indent) lines.push(" ".repeat(indent))
  for (const word of words.split(" ")) {
    const last = lines.at(-1) ?? ""
    const empty = last.trim() === "" || last === names
    if (!empty && cells(last) + 1 + cells(word) > columns) lines.push(" ".repeat(indent) + word)
    else lines[lines.length - 1] = empty ? last + word : `${last} ${word}`
  }
  return lines
}
