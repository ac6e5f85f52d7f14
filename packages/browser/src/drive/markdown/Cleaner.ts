/** Brings the HTML of an answer into plain forms: code without its header, math as TeX, no controls. */
import {
  attribute,
  classesOf,
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

const languageOf = (pre: HtmlElement, code: HtmlElement | null): string | null => {
  for (const node of [code, pre]) {
    if (node === null) continue
    const found = classesOf(node).find((name) => /^(language|lang)-/.test(name))
    if (found !== undefined) return found.replace(/^(language|lang)-/, "")
    const named = attribute(node, "dataLanguage")
    if (named !== "") return named
  }
  return null
}

/** The language that stands in the header of a code block, when it is one word. */
const headerLanguage = (pre: HtmlElement, code: HtmlElement | null): string | null => {
  const header = find(
    pre,
    (node) =>
      classesOf(node).some((name) => /header|language|justify-between/.test(name)) &&
      (code === null || find(node, (below) => below === code) === null)
  )
  if (header === null) return null
  const first = find(header, (node) => node.tagName === "span" || node.tagName === "div") ?? header
  const words = header.children.filter((child) => child.type === "text").map(rawText).join(" ").trim() ||
    rawText(first).trim()
  return /^[A-Za-z][\w+#.-]{0,30}$/.test(words) && !/^(copy|edit|run|text|plaintext|code)$/i.test(words)
    ? words.toLowerCase()
    : null
}

const isLine = (node: HtmlElement): boolean => hasClass(node, "cm-line") || hasClass(node, "code-line")

/** Text of a code block; editors that show each line as an element have no line ends in their text. */
const codeText = (node: HtmlElement): string => {
  const holder = find(node, (below) => below.children.some((child) => isElement(child) && isLine(child)))
  const lines = (holder ?? node).children.filter((child): child is HtmlElement => isElement(child) && isLine(child))
  return lines.length > 0 ? `${lines.map((line) => rawText(line).replace(/\n$/, "")).join("\n")}\n` : rawText(node)
}

const codeBlock = (pre: HtmlElement): HtmlElement => {
  const code = find(pre, (node) => node.tagName === "code") ?? find(pre, (node) => hasClass(node, "cm-content"))
  const language = languageOf(pre, code) ?? headerLanguage(pre, code)
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

const citation = (node: HtmlElement): ReadonlyArray<HtmlNode> | null => {
  if (attribute(node, "dataTestid") !== "webpage-citation-pill") return null
  const link = find(node, (below) => below.tagName === "a")
  const href = link === null ? "" : attribute(link, "href")
  const label = rawText(node).trim()
  if (href === "") return label === "" ? [] : [text(` (${label})`)]
  return [text(" ("), element("a", { href }, [text(label === "" ? href : label)]), text(")")]
}

/** Alignment that stands in the style of a cell. */
const align = (node: HtmlElement): void => {
  const found = /text-align:\s*(left|right|center)/i.exec(attribute(node, "style"))?.[1]
  if (found !== undefined && attribute(node, "align") === "") node.properties["align"] = found.toLowerCase()
}

const cleaned = (node: HtmlElement): ReadonlyArray<HtmlNode> | null => {
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
