/** Finds answers that a page shows as the Markdown text that they are, without drawing it: nothing is to be converted. */
import { element, type HtmlElement, type HtmlNode, type HtmlRoot, isElement, rawText, text } from "./Html.ts"

const holders = new Set(["div", "p", "section", "article", "span"])

const isBare = (node: HtmlNode): boolean =>
  !isElement(node) || node.tagName === "br" || (node.tagName === "span" && node.children.every(isBare))

/** In a paragraph, a line end alone means nothing; a blank line, or a mark at the begin of a line does. */
const blockMark = /\n[ \t]*\n|\n(```|~~~|#{1,6} |[-*+] |\d+[.)] |\||> )/

const source = (node: HtmlElement): string | null => {
  if (!holders.has(node.tagName)) return null
  if (node.children.every(isBare)) {
    const found = rawText(node).trim()
    return found === "" || (node.tagName === "p" && !blockMark.test(found)) ? null : found
  }
  const parts = node.children.filter((child) => rawText(child).trim() !== "" || isElement(child))
  const [only] = parts
  return parts.length === 1 && isElement(only) ? source(only) : null
}

/** Replaces such an answer by one element with its text in `dataVerbatim`. */
export const keepVerbatim = (root: HtmlRoot): void => {
  root.children = root.children.map((child) => {
    const found = isElement(child) ? source(child) : null
    return found === null ? child : element("pre", { dataVerbatim: found }, [text(found)])
  })
}
