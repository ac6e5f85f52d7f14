/** Turns the HTML of an answer into Markdown and plain text, the same input always into the same output. */
import rehypeParse from "rehype-parse"
import rehypeRemark, { type Options } from "rehype-remark"
import remarkGfm from "remark-gfm"
import remarkMath from "remark-math"
import remarkStringify, { type Options as StringifyOptions } from "remark-stringify"
import { unified } from "unified"
import { numberCitations, type Source } from "./Citations.ts"
import { clean } from "./Cleaner.ts"
import { plainText } from "./PlainText.ts"
import { tighten } from "./Tighten.ts"
import { keepVerbatim } from "./Verbatim.ts"

type Handle = NonNullable<NonNullable<Options["handlers"]>[string]>
type Given = Parameters<Handle>[1]
type Print = NonNullable<NonNullable<StringifyOptions["handlers"]>["code"]>
type Parent = NonNullable<Parameters<Print>[1]>
type Definition = Extract<Parent, { readonly type: "footnoteDefinition" }>

const value = (node: Given, name: string): string => {
  const found = node.properties[name]
  return typeof found === "string" ? found : ""
}

/** The cleaner leaves blocks of code, of math and of ready Markdown as `pre`, math inside a line as `math`. */
const block: Handle = (_, node) => {
  if (Object.hasOwn(node.properties, "dataVerbatim")) return { type: "html", value: value(node, "dataVerbatim") }
  return Object.hasOwn(node.properties, "dataMath")
    ? { type: "math", value: value(node, "dataMath"), meta: null }
    : { type: "code", lang: value(node, "dataLang") || null, meta: null, value: value(node, "dataCode") }
}

/** A mark of a numbered source. */
const mark: Handle = (_, node) => {
  const number = value(node, "dataNumber")
  return { type: "footnoteReference", identifier: number, label: number }
}

const definition = ({ label, number, url }: Source): Definition => ({
  type: "footnoteDefinition",
  identifier: String(number),
  label: String(number),
  children: [{ type: "paragraph", children: [{ type: "link", url, children: [{ type: "text", value: label }] }] }]
})

const inlineMath: Handle = (_, node) => ({ type: "inlineMath", value: value(node, "dataMath") })

const delimiter = (align: string | null | undefined): string => {
  if (align === "center") return ":---:"
  return align === "right" ? "---:" : align === "left" ? ":---" : "---"
}

/** Tables with three dashes to a column and no padding, which every reader of Markdown takes. */
const table: Print = (node: Extract<Parent, { type: "table" }>, _, state, info) => {
  const exit = state.enter("table")
  const rows = node.children.map((row) => row.children.map((cell) => state.handle(cell, row, state, info)))
  exit()
  const line = (cells: ReadonlyArray<string>) => `| ${cells.join(" | ")} |`
  const width = Math.max(...rows.map((row) => row.length))
  const rule = Array.from({ length: width }, (_, index) => delimiter(node.align?.[index]))
  const [head = [], ...body] = rows
  return [line(head), line(rule), ...body.map(line)].join("\n")
}

/** Takes back escapes that change nothing but the look of names and addresses, such as `AT\\&T` and `https\\://`. */
const gentle = (escaped: string): string =>
  escaped
    .replaceAll(/\\&(?!#?\w+;)/g, "&")
    .replaceAll(/\b(https?|mailto|ftp)\\:/gi, "$1:")
    .replaceAll(/\b(www)\\\./gi, "$1.")
    .replaceAll(/(\w)\\@(?=\w)/g, "$1@")

const text: Print = (node: { readonly value: string }, _, state, info) => gentle(state.safe(node.value, info))

/** An address stands as it is wherever Markdown allows that, so that it can be copied. */
const link: Print = (node: Extract<Parent, { type: "link" }>, _, state, info) => {
  const exit = state.enter("link")
  const label = state.containerPhrasing(node, { ...info, before: "[", after: "]" })
  exit()
  const url = node.url.replaceAll(/[\s<>\\|]/g, (found) => encodeURIComponent(found))
  return `[${label}](${/[()]/.test(url) ? `<${url}>` : url})`
}

const parser = unified().use(rehypeParse, { fragment: true }).freeze()

const processor = unified()
  .use(rehypeRemark, { handlers: { citation: mark, pre: block, math: inlineMath } })
  .use(remarkGfm)
  .use(remarkMath)
  .use(remarkStringify, {
    bullet: "-",
    emphasis: "*",
    fence: "`",
    fences: true,
    incrementListMarker: true,
    listItemIndent: "one",
    rule: "-",
    strong: "*",
    handlers: { link, table, text }
  })
  .freeze()

const tidy = (given: string): string => {
  const text = given.trim()
  return text === "" ? "" : `${text}\n`
}

export interface Converted {
  readonly markdown: string
  readonly text: string
}

export const convert = (html: string): Converted => {
  const page = parser.parse(html)
  clean(page)
  keepVerbatim(page)
  const sources = numberCitations(page)
  const tree = processor.runSync(page)
  tree.children.push(...sources.map(definition))
  tighten(tree)
  const text = tidy(plainText(tree))
  const markdown = processor.stringify(tree).trim()
  return { markdown: markdown === "" ? "" : `${markdown}\n`, text }
}
