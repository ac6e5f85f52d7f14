/** Blocks of Markdown as lines of a terminal. Pure. */
import type { BlockContent, DefinitionContent, List, ListItem, RootContent, Table } from "mdast"
import { table as tableLines, widthOf } from "../Table.ts"
import type { Glyphs } from "../TerminalKind.ts"
import { type Paint, type Piece, piecesOf, plain, wrap } from "./Inline.ts"

export interface Look {
  readonly width: number
  readonly paint: Paint
  readonly glyphs: Glyphs
}

/** Text is broken no narrower than this, however deep it is nested. */
const narrowest = 20

const inner = (look: Look, cells: number): Look => ({ ...look, width: Math.max(narrowest, look.width - cells) })

/** Blocks with an empty line between them. */
export const blocksOf = (nodes: ReadonlyArray<RootContent>, look: Look): ReadonlyArray<string> => {
  const lines: Array<string> = []
  for (const node of nodes) {
    const block = blockOf(node, look)
    if (block.length > 0 && lines.length > 0) lines.push("")
    lines.push(...block)
  }
  return lines
}

const blockOf = (node: RootContent, look: Look): ReadonlyArray<string> => {
  const { glyphs, paint, width } = look
  switch (node.type) {
    case "heading": {
      const words: ReadonlyArray<Piece> = piecesOf(node.children, node.depth === 1 ? ["bold", "underline"] : ["bold"])
      return wrap(words, width, paint)
    }
    case "paragraph":
      return wrap(piecesOf(node.children), width, paint)
    case "code":
      return [
        ...(node.lang ? [`  ${paint("dim", node.lang)}`] : []),
        ...node.value.split("\n").map((line) => `  ${paint("cyan", line)}`)
      ]
    case "blockquote":
      return blocksOf(node.children, inner(look, 2)).map((line) => `${paint("dim", glyphs.quote)} ${line}`.trimEnd())
    case "list":
      return listOf(node, look)
    case "table":
      return tableOf(node, look)
    case "thematicBreak":
      return [paint("dim", glyphs.rule.repeat(Math.min(width, 40)))]
    case "html":
      return node.value.split("\n")
    case "definition":
      return [paint("dim", `[${node.label ?? node.identifier}]: ${node.url}`)]
    case "footnoteDefinition":
      return hung(`[${node.label ?? node.identifier}] `, node.children, look)
    default:
      return "children" in node ? wrap(piecesOf(node.children.filter(isPhrasing)), width, paint) : []
  }
}

type Phrasing = Parameters<typeof piecesOf>[0][number]

const isPhrasing = (node: RootContent): node is Phrasing =>
  node.type === "text" || node.type === "strong" || node.type === "emphasis" || node.type === "inlineCode"

/** Lines behind a mark, the following ones under the first. */
const hung = (
  mark: string,
  children: ReadonlyArray<BlockContent | DefinitionContent>,
  look: Look,
  tight = true
): ReadonlyArray<string> => {
  const cells = widthOf(mark)
  const within = inner(look, cells)
  const lines = tight ? children.flatMap((child) => blockOf(child, within)) : blocksOf(children, within)
  return lines.map((line, index) => `${index === 0 ? mark : " ".repeat(cells)}${line}`.trimEnd())
}

const listOf = ({ children, ordered, spread, start }: List, look: Look): ReadonlyArray<string> => {
  const first = start ?? 1
  const widest = String(first + children.length - 1).length
  return children.flatMap((item, index) => {
    const number = ordered === true ? `${String(first + index).padStart(widest)}.` : look.glyphs.bullet
    const lines = hung(`${number} ${boxOf(item)}`, item.children, look, item.spread !== true)
    return spread === true && index > 0 ? ["", ...lines] : lines
  })
}

const boxOf = ({ checked }: ListItem): string => checked === true ? "[x] " : checked === false ? "[ ] " : ""

/** Nothing is cut, also where the table is wider than the terminal; styles inside of cells are left out. */
const tableOf = ({ align, children }: Table, { glyphs, paint, width }: Look): ReadonlyArray<string> => {
  const [head, ...rows] = children.map((row) => row.children.map((cell) => plain(piecesOf(cell.children))))
  if (head === undefined) return []
  const [titles = "", ...lines] = tableLines(
    head.map((title, column) => ({
      title,
      cell: (row: ReadonlyArray<string>) => row[column] ?? "",
      align: align?.[column] === "right" ? "right" as const : "left" as const
    })),
    rows
  )
  const widest = Math.max(...[titles, ...lines].map(widthOf))
  return [paint("bold", titles), paint("dim", glyphs.rule.repeat(Math.min(width, widest))), ...lines]
}
