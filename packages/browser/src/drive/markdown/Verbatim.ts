/** Finds answers that a page shows as the Markdown text that they are, without drawing it: nothing is to be converted. */
import { attribute, element, type HtmlElement, type HtmlNode, type HtmlRoot, isElement, rawText, text } from "./Html.ts"

const holders = new Set(["div", "p", "section", "article", "span"])

const isLink = (node: HtmlNode): boolean => isElement(node) && (node.tagName === "a" || node.tagName === "img")

/** Files are often hung under such a text, each in a paragraph of its own. */
const holdsLinks = (node: HtmlElement): boolean =>
  ["p", "div"].includes(node.tagName) &&
  node.children.every((child) => isLink(child) || rawText(child).trim() === "")

const isBare = (node: HtmlNode): boolean =>
  !isElement(node) || node.tagName === "br" || isLink(node) || holdsLinks(node) ||
  (node.tagName === "span" && node.children.every(isBare))

/** In a paragraph, a line end alone means nothing; a blank line, or a mark at the begin of a line does. */
const blockMark = /\n[ \t]*\n|\n(```|~~~|#{1,6} |[-*+] |\d+[.)] |\||> )/

const isPlain = (node: HtmlNode): boolean =>
  !isElement(node) || node.tagName === "br" || (node.tagName === "span" && node.children.every(isPlain))

const written = (node: HtmlNode): string => {
  if (!isElement(node)) return rawText(node)
  if (node.tagName === "br") return "\n"
  if (node.tagName === "img") return `![${attribute(node, "alt")}](${attribute(node, "src")})`
  const inner = node.children.map(written).join("")
  if (node.tagName === "a") return `[${inner.trim()}](${attribute(node, "href")})`
  return node.tagName === "span" ? inner : inner.trim() === "" ? "" : `\n\n${inner.trim()}\n\n`
}

const source = (node: HtmlElement): string | null => {
  if (!holders.has(node.tagName)) return null
  if (node.children.every(isBare)) {
    const found = node.children.map(written).join("").trim()
    const plain = node.tagName !== "p" && node.children.every(isPlain)
    const typed = node.children.filter(isPlain).map(written).join("")
    return found === "" || (!plain && !blockMark.test(typed)) ? null : found
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
