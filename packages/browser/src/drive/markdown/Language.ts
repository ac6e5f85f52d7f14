/** Finds the language of a code block: in its marks, or in the one word that a header shows. */
import { attribute, classesOf, type HtmlElement, type HtmlNode, isElement, rawText } from "./Html.ts"

const layout = /^(hljs|block|whitespace|overflow|scroll|code|p-|m-|text-|font-)|[!:[]/

const classLanguage = (node: HtmlElement): string | null => {
  const classes = classesOf(node)
  const named = classes.find((name) => /^(language|lang)-/.test(name))
  if (named !== undefined) return named.replace(/^(language|lang)-/, "")
  return classes.includes("hljs") ? classes.find((name) => !layout.test(name)) ?? null : null
}

/** The language that stands in a class or an attribute of the block. */
export const markedLanguage = (pre: HtmlElement, code: HtmlElement | null): string | null => {
  for (const node of code === null ? [pre] : [code, pre]) {
    const named = classLanguage(node) ?? (attribute(node, "dataLanguage") || attribute(node, "dataLang"))
    if (named !== "") return named
  }
  return null
}

const controls = new Set(["button", "svg", "select"])

/** Words outside the code and outside controls, one string for each text of the page. */
const wordsOutside = (node: HtmlNode, code: HtmlElement): ReadonlyArray<string> => {
  if (node === code) return []
  if (node.type === "text") return [node.value.trim()]
  if (!isElement(node) || controls.has(node.tagName) || attribute(node, "role") === "button") return []
  return node.children.flatMap((child) => wordsOutside(child, code))
}

const controlText = /^(copy( code)?|copied!?|edit|run|download|wrap|expand|collapse|text|plain ?text|code)$/i

/** The language among the words of a header; empty where it has none, null where the words are more than a header. */
const headerWord = (words: ReadonlyArray<string>): string | null => {
  const left = words.filter((word) => word !== "" && !controlText.test(word))
  const [word = "", ...more] = left
  return more.length === 0 && (word === "" || /^[A-Za-z][\w+#.-]{0,30}$/.test(word)) ? word.toLowerCase() : null
}

/** The language in the header of a block, when that is one word. */
export const headerLanguage = (pre: HtmlElement, code: HtmlElement): string | null =>
  headerWord(pre.children.flatMap((child) => wordsOutside(child, code))) || null

const frames = new Set(["div", "figure", "section"])
const headers = new Set(["div", "span", "header", "figcaption", "button"])

const meaningful = (node: HtmlElement): ReadonlyArray<HtmlNode> =>
  node.children.filter((child) => rawText(child).trim() !== "" || isElement(child))

/** The block itself, or the one that boxes hold and nothing else. */
const blockIn = (node: HtmlNode): HtmlElement | null => {
  if (!isElement(node)) return null
  if (node.tagName === "pre") return node
  const [only, ...more] = meaningful(node)
  return frames.has(node.tagName) && only !== undefined && more.length === 0 ? blockIn(only) : null
}

/** A block whose header stands beside it in a frame of their own, or null where this is no such frame. */
export const framedCode = (
  node: HtmlElement
): { readonly pre: HtmlElement; readonly language: string | null } | null => {
  if (!frames.has(node.tagName)) return null
  const parts = meaningful(node)
  const holder = parts.find((child) => blockIn(child) !== null)
  const pre = holder === undefined ? null : blockIn(holder)
  const rest = parts.filter((child) => child !== holder)
  if (pre === null || rest.length === 0) return null
  if (!rest.every((child) => isElement(child) && headers.has(child.tagName))) return null
  const word = headerWord(rest.flatMap((child) => wordsOutside(child, pre)))
  return word === null ? null : { pre, language: word || null }
}
