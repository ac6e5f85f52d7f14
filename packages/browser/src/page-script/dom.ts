/** Small readings of elements: visibility, accessible names, selectors with alternatives. */
import { outsideTurns } from "./scan.ts"

/** Visible to a person: laid out, not hidden, larger than a screen-reader clip. */
export const visible = (element: Element): boolean => {
  if (!element.checkVisibility({ visibilityProperty: true })) return false
  const box = element.getBoundingClientRect()
  return box.width > 2 && box.height > 2
}

export const fold = (text: string): string => text.replaceAll(/[\s\u200B\uFEFF]+/g, " ").trim()

const collect = (node: Node, out: Array<string>, budget: { left: number }): void => {
  for (const child of node.childNodes) {
    if (budget.left <= 0) return
    if (child instanceof Text) {
      out.push(child.data)
      budget.left -= child.data.length
    } else if (
      child instanceof Element && child.getAttribute("aria-hidden") !== "true" &&
      !/^(script|style|svg)$/i.test(child.tagName)
    ) {
      if (child instanceof HTMLImageElement) out.push(child.alt)
      else collect(child, out, budget)
      out.push(" ")
    }
  }
}

/** Text of an element as assistive technology would read it, folded and at most `limit` characters. */
export const textOf = (element: Element, limit = 300): string => {
  const out: Array<string> = []
  collect(element, out, { left: limit * 2 })
  return fold(out.join("")).slice(0, limit)
}

/** Accessible name, folded. */
export const nameOf = (element: Element, limit = 200): string => {
  const label = fold(element.getAttribute("aria-label") ?? "")
  if (label !== "") return label.slice(0, limit)
  const ids = element.getAttribute("aria-labelledby")
  if (ids !== null) {
    const text = ids.split(/\s+/).map((id) => document.querySelector(`#${CSS.escape(id)}`)).filter((part) =>
      part !== null
    )
      .map((part) => textOf(part, limit)).join(" ")
    if (text !== "") return text.slice(0, limit)
  }
  const text = textOf(element, limit)
  if (text !== "") return text
  return fold(
    element.getAttribute("title") ?? element.getAttribute("placeholder") ?? element.getAttribute("data-placeholder") ??
      ""
  )
    .slice(0, limit)
}

export const enabled = (element: Element): boolean =>
  !element.matches(":disabled")
  && element.getAttribute("aria-disabled") !== "true"
  && !["", "true"].includes(element.getAttribute("data-disabled") ?? "false")
  && getComputedStyle(element).pointerEvents !== "none"

export const joined = (selectors: ReadonlyArray<string>): string =>
  selectors.length === 0 ? ":not(*)" : selectors.join(",")

/** While the page is read as a whole, a search of the document means what lies outside the turns. */
export const all = (root: ParentNode, selectors: ReadonlyArray<string>): Array<Element> => {
  if (selectors.length === 0) return []
  const selector = joined(selectors)
  return (root === document ? outsideTurns(selector) : null) ?? Array.from(root.querySelectorAll(selector))
}

/** The first element of the best alternative that `accept` takes; the page is searched once for all alternatives. */
export const first = (
  root: ParentNode,
  selectors: ReadonlyArray<string>,
  accept: (element: Element) => boolean = visible
): Element | null => {
  const candidates = all(root, selectors)
  if (candidates.length === 0) return null
  const accepted = new Map<Element, boolean>()
  for (const selector of selectors) {
    for (const element of candidates) {
      if (!element.matches(selector)) continue
      const known = accepted.get(element) ?? accept(element)
      accepted.set(element, known)
      if (known) return element
    }
  }
  return null
}

export const matches = (element: Element, selectors: ReadonlyArray<string>): boolean =>
  selectors.length > 0 && element.matches(joined(selectors))

export const within = (element: Element, selectors: ReadonlyArray<string>): boolean =>
  selectors.length > 0 && element.closest(joined(selectors)) !== null

export const buttons = "button,[role=\"button\"],input[type=\"submit\"]"

/** A copy of an element that is not part of the page. */
export const twinOf = (element: Element): Element => document.importNode(element, true)

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

/** Elements and texts below a root in document order, without the parts that `enter` refuses. */
export const walk = function*(root: Node, what: number, enter: (node: Node) => boolean): Generator<Node> {
  const filter = (node: Node) => enter(node) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT
  const walker = document.createTreeWalker(root, what, filter)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) yield node
}

const silent = /^(script|style|noscript|template)$/i

/** Texts that a page may show, in order. */
export const textsBelow = function*(root: Node): Generator<string> {
  for (const node of walk(root, NodeFilter.SHOW_TEXT, (text) => !silent.test(text.parentElement?.tagName ?? ""))) {
    if (node instanceof Text) yield node.data.trim()
  }
}
