/** Text inside a line of Markdown: pieces with styles, broken into lines by the cells that they take. Pure. */
import type { PhrasingContent } from "mdast"
import type { Style } from "../Screen.ts"
import { widthOf } from "../Table.ts"

export type Paint = (style: Style, text: string) => string

export interface Piece {
  readonly text: string
  readonly styles: ReadonlyArray<Style>
}

/** The pieces of phrasing content; a line feed in a piece breaks the line. */
export const piecesOf = (
  nodes: ReadonlyArray<PhrasingContent>,
  styles: ReadonlyArray<Style> = []
): ReadonlyArray<Piece> =>
  nodes.flatMap((node): ReadonlyArray<Piece> => {
    switch (node.type) {
      case "text":
        return [{ text: node.value.replaceAll("\n", " "), styles }]
      case "inlineCode":
        return [{ text: node.value, styles: [...styles, "cyan"] }]
      case "strong":
        return piecesOf(node.children, [...styles, "bold"])
      case "emphasis":
        return piecesOf(node.children, [...styles, "italic"])
      case "delete":
        return piecesOf(node.children, [...styles, "dim"])
      case "link": {
        const label = piecesOf(node.children, [...styles, "underline"])
        const same = label.map(({ text }) => text).join("") === node.url.replace(/^mailto:/, "")
        return same ? label : [...label, { text: ` (${node.url})`, styles: [...styles, "dim"] }]
      }
      case "image":
        return [{ text: `[image: ${node.alt || node.url}]`, styles: [...styles, "dim"] }]
      case "break":
        return [{ text: "\n", styles }]
      case "footnoteReference":
        return [{ text: `[${node.label ?? node.identifier}]`, styles: [...styles, "dim"] }]
      case "html":
        return [{ text: node.value, styles }]
      default:
        return "children" in node ? piecesOf(node.children, styles) : []
    }
  })

/** Lines of at most `width` cells where words allow it; a word that is wider stands alone. */
export const wrap = (pieces: ReadonlyArray<Piece>, width: number, paint: Paint): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = ""
  let used = 0
  let blank = ""
  const flush = () => {
    lines.push(line)
    line = ""
    used = 0
    blank = ""
  }
  for (const { styles, text } of pieces) {
    for (const part of text.split(/(\n| +)/)) {
      if (part === "") continue
      if (part === "\n") flush()
      else if (part.startsWith(" ")) blank = used === 0 ? "" : styled(" ", styles, paint)
      else {
        const cells = widthOf(part)
        if (used > 0 && used + (blank === "" ? 0 : 1) + cells > width && blank !== "") flush()
        line += blank + styled(part, styles, paint)
        used += cells + (blank === "" ? 0 : 1)
        blank = ""
      }
    }
  }
  if (line !== "" || lines.length === 0) flush()
  return lines
}

const styled = (text: string, styles: ReadonlyArray<Style>, paint: Paint): string =>
  styles.reduceRight((inner, style) => paint(style, inner), text)

/** The words alone. */
export const plain = (pieces: ReadonlyArray<Piece>): string => pieces.map(({ text }) => text).join("")
