/** Brings the HTML of an answer into plain forms: code without its header, math as TeX, no controls. */
import { citation } from "./Citations.ts"
import {
  attribute,
  element,
  find,
  hasClass,
  type HtmlElement,
  type HtmlNode,
  type HtmlParent,
  type HtmlRoot,
  isElement,
  rawText,
  rewrite,
  text
} from "./Html.ts"
import { framedCode, headerLanguage, markedLanguage } from "./Language.ts"

const dropped = new Set([
  "script",
  "style",
  "noscript",
  "svg",
  "template",
  "iframe",
  "object",
  "embed",
  "canvas",
  "select",
  "textarea"
])

const isLine = (node: HtmlElement): boolean => hasClass(node, "cm-line") || hasClass(node, "code-line")

/** Text of a code block; editors that show each line as an element have no line ends in their text. */
const codeText = (node: HtmlElement): string => {
  const holder = find(node, (below) => below.children.some((child) => isElement(child) && isLine(child)))
  const lines = (holder ?? node).children.filter((child): child is HtmlElement => isElement(child) && isLine(child))
  return lines.length > 0 ? `${lines.map((line) => rawText(line).replace(/\n$/, "")).join("\n")}\n` : rawText(node)
}

const codeBlock = (pre: HtmlElement, outer: string | null = null): HtmlElement => {
  const code = find(pre, (node) => node.tagName === "code") ?? find(pre, (node) => hasClass(node, "cm-content"))
  const language = markedLanguage(pre, code) ?? outer ?? (code === null ? null : headerLanguage(pre, code))
  const value = codeText(code ?? pre).replace(/\n$/, "")
  return element("pre", { dataCode: value, dataLang: language ?? "" }, [text(`${value}\n`)])
}

const texOf = (node: HtmlElement): string | null => {
  const annotation = find(
    node,
    (below) => below.tagName === "annotation" && attribute(below, "encoding").includes("tex")
  )
  return annotation === null ? null : rawText(annotation).trim()
}

const math = (node: HtmlElement, display: boolean): HtmlElement | null => {
  const tex = texOf(node)
  return tex === null
    ? null
    : element(display ? "pre" : "math", { dataMath: tex, dataDisplay: display ? "block" : "inline" }, [text(tex)])
}

const isDisplayMath = (node: HtmlNode): boolean => isElement(node) && attribute(node, "dataDisplay") === "block"

/** A paragraph that holds display math becomes paragraphs around it. */
const split = (paragraph: HtmlElement): ReadonlyArray<HtmlNode> | null => {
  if (!paragraph.children.some(isDisplayMath)) return null
  const parts: Array<HtmlNode> = []
  let open: Array<HtmlNode> = []
  const close = () => {
    if (open.some((node) => rawText(node).trim() !== "")) parts.push(element("p", {}, open))
    open = []
  }
  for (const child of paragraph.children) {
    if (isDisplayMath(child)) {
      close()
      parts.push(child)
    } else open.push(child)
  }
  close()
  return parts
}

const isFileButton = (node: HtmlElement): boolean =>
  hasClass(node, "behavior-btn") || attribute(node, "dataSandboxPath") !== "" ||
  /^download\b/i.test(rawText(node).trim())

const button = (node: HtmlElement): ReadonlyArray<HtmlNode> => {
  if (!isFileButton(node)) return []
  const label = rawText(node).trim()
  const path = attribute(node, "dataSandboxPath")
  return [path === "" ? text(label) : element("a", { href: `sandbox:${encodeURI(path)}` }, [text(label)])]
}

/** Alignment that stands in the style of a cell. */
const align = (node: HtmlElement): void => {
  const found = /text-align:\s*(left|right|center)/i.exec(attribute(node, "style"))?.[1]
  if (found !== undefined && attribute(node, "align") === "") node.properties["align"] = found.toLowerCase()
}

const cleaned = (node: HtmlElement, parent: HtmlParent): ReadonlyArray<HtmlNode> | null => {
  if (hasClass(node, "katex-display")) {
    const block = math(node, true)
    if (block !== null) return [block]
  }
  if (hasClass(node, "katex") || node.tagName === "math") {
    const display = node.tagName === "math" && attribute(node, "display") === "block"
    const inline = math(node, display)
    if (inline !== null) return [inline]
  }
  if (node.tagName === "pre") return [codeBlock(node)]
  const framed = parent.type === "root" ? null : framedCode(node)
  if (framed !== null) return [codeBlock(framed.pre, framed.language)]
  if (node.tagName === "th" || node.tagName === "td") align(node)
  if (node.tagName === "button") return button(node)
  if (dropped.has(node.tagName) || node.properties["ariaHidden"] === "true" || node.properties["hidden"] === true) {
    return []
  }
  if (hasClass(node, "sr-only")) return []
  return citation(node)
}

/** Changes the tree in place. */
export const clean = (root: HtmlRoot): void => {
  rewrite(root, cleaned)
  const splitAll = (parent: HtmlParent): void => {
    parent.children = parent.children.flatMap((child): ReadonlyArray<HtmlNode> => {
      if (!isElement(child)) return [child]
      splitAll(child)
      return child.tagName === "p" ? split(child) ?? [child] : [child]
    })
  }
  splitAll(root)
}
