/** Breaks a styled line where the terminal ends, so that nothing of it is lost and every line takes one row. Pure. */
/* oxlint-disable eslint/no-control-regex */
import { widthOf } from "../render/Table.ts"

const code = /(\u001b\[[0-9;]*m)/

/** Codes take no room; what they switch on goes on in the next line. */
export const hardWrap = (line: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let current = ""
  let used = 0
  for (const part of line.split(code)) {
    if (code.test(part)) {
      current += part
      continue
    }
    if (used + widthOf(part) <= width) {
      current += part
      used += widthOf(part)
      continue
    }
    for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(part)) {
      const cells = widthOf(segment)
      if (used + cells > width) {
        lines.push(current)
        current = ""
        used = 0
      }
      current += segment
      used += cells
    }
  }
  return [...lines, current]
}
