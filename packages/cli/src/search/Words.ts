/** Words in a text, whatever their case. Pure. */

const folded = (text: string): string => text.toLowerCase()

/** True when every word stands somewhere in the text. */
export const holdsAll = (text: string, words: ReadonlyArray<string>): boolean => {
  const lower = folded(text)
  return words.every((word) => lower.includes(folded(word)))
}

/** True when one of the words stands in the line. */
export const holdsOne = (line: string, words: ReadonlyArray<string>): boolean => {
  const lower = folded(line)
  return words.some((word) => word !== "" && lower.includes(folded(word)))
}

const width = 160

/** The part of a long line around its first word that was found. */
export const around = (line: string, words: ReadonlyArray<string>): string => {
  if (line.length <= width) return line.trim()
  const lower = folded(line)
  const places = words.map((word) => lower.indexOf(folded(word))).filter((at) => at >= 0)
  const from = Math.max(0, Math.min(...places) - width / 4)
  const part = Array.from(line.slice(from, from + width)).join("").trim()
  return `${from > 0 ? "…" : ""}${part}${from + width < line.length ? "…" : ""}`
}

/** The text in pieces, each either one of the words or between them. */
export const splitAt = (
  text: string,
  words: ReadonlyArray<string>
): ReadonlyArray<{ readonly text: string; readonly hit: boolean }> => {
  const wanted = words.filter((word) => word !== "").map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  if (wanted.length === 0) return [{ text, hit: false }]
  return text.split(new RegExp(`(${wanted.join("|")})`, "giu"))
    .map((piece, index) => ({ text: piece, hit: index % 2 === 1 }))
    .filter((piece) => piece.text !== "")
}
