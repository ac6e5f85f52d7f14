/** Text for pi's terminal without its library: a component is an object that gives lines of a width. Pure. */

/** What pi asks of a component. */
export interface Block {
  readonly render: (width: number) => Array<string>
  readonly invalidate: () => void
}

export type Style = (text: string) => string

/** Lines in one style each. What is too long for the width is cut with an ellipsis, or goes on in the next line. */
export const block = (
  lines: ReadonlyArray<{ readonly text: string; readonly style: Style }>,
  long: "cut" | "wrap" = "cut"
): Block => ({
  render: (width) =>
    lines.flatMap(({ style, text }) => long === "cut" ? [style(fit(text, width))] : wrap(text, width).map(style)),
  invalidate: () => {}
})

/** The text in lines of at most `width` columns. */
export const wrap = (text: string, width: number): Array<string> => {
  const lines = [""]
  let columns = 0
  for (const character of text.replaceAll(controls, " ")) {
    const wide = columnsOf(character)
    if (columns + wide > width && columns > 0) {
      lines.push("")
      columns = 0
    }
    columns += wide
    lines[lines.length - 1] += character
  }
  return lines
}

const controls = /[\p{Cc}\p{Cf}]/gu

/** One line of at most `width` columns; characters that a terminal would obey become spaces. */
export const fit = (text: string, width: number): string => {
  const plain = text.replaceAll(controls, " ")
  let columns = 0
  let kept = ""
  for (const character of plain) {
    const wide = columnsOf(character)
    if (columns + wide > width - 1 && kept.length + character.length < plain.length) return cut(kept, width)
    if (columns + wide > width) return cut(kept, width)
    columns += wide
    kept += character
  }
  return kept
}

const cut = (text: string, width: number): string => width < 1 ? "" : `${text}…`

const zero = /^[\p{Mn}\p{Me}\p{Cf}\uFE00-\uFE0F]$/u
const narrow = /^[\u0020-\u1099]$/u

/** Never fewer than the terminal uses: what may be wide counts as wide. */
const columnsOf = (character: string): number => {
  if (zero.test(character)) return 0
  return narrow.test(character) || /^[\u2010-\u206F\u2190-\u21FF\u2500-\u257F]$/u.test(character) ? 1 : 2
}
