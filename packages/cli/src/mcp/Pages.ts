/** A long answer in parts: its headings, and pages that end where a line ends. Pure. */

export interface Section {
  readonly index: number
  readonly title: string
  readonly level: number
  readonly offset: number
  readonly chars: number
}

export interface Page {
  readonly text: string
  readonly offset: number
  /** Where the next page begins; null at the end. */
  readonly nextOffset: number | null
  readonly totalChars: number
}

const fence = /^ {0,3}(`{3,}|~{3,})/
const heading = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$/

/** The sections of a Markdown text by its headings outside of fences; each reaches to the next of its level or above. */
export const sectionsOf = (markdown: string): ReadonlyArray<Section> => {
  const found: Array<{ readonly title: string; readonly level: number; readonly offset: number }> = []
  let open: string | null = null
  let offset = 0
  for (const line of markdown.split("\n")) {
    const mark = fence.exec(line)?.[1]
    if (open !== null) {
      if (mark !== undefined && mark.startsWith(open) && line.trim() === mark) open = null
    } else if (mark !== undefined) open = mark
    else {
      const [, hashes, title] = heading.exec(line) ?? []
      if (hashes !== undefined) found.push({ title: title ?? "", level: hashes.length, offset })
    }
    offset += line.length + 1
  }
  return found.map(({ level, offset, title }, index) => {
    const next = found.slice(index + 1).find((other) => other.level <= level)
    return { index: index + 1, title, level, offset, chars: (next?.offset ?? markdown.length) - offset }
  })
}

/** At most `maxChars` from `offset` on: whole lines where the page holds one, and never half of a character. */
export const pageOf = (text: string, offset: number, maxChars: number, end = text.length): Page => {
  const from = Math.min(offset, end)
  const rest = end - from
  if (rest <= maxChars) {
    return { text: text.slice(from, end), offset: from, nextOffset: null, totalChars: text.length }
  }
  const lineEnd = text.lastIndexOf("\n", from + maxChars - 1)
  const cut = lineEnd > from + maxChars / 2 ? lineEnd + 1 : from + maxChars
  const until = isHalf(text, cut) ? cut - 1 : cut
  return { text: text.slice(from, until), offset: from, nextOffset: until, totalChars: text.length }
}

const isHalf = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff
}
