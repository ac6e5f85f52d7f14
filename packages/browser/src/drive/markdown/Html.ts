/** The little of an HTML tree that the conversion needs, and walks over it. */

export interface HtmlText {
  type: "text"
  value: string
}

export interface HtmlElement {
  type: "element"
  tagName: string
  properties: Record<string, unknown>
  children: Array<HtmlNode>
}

export interface HtmlRoot {
  type: "root"
  children: Array<HtmlNode>
}

export interface HtmlOther {
  type: "comment" | "doctype"
}

export type HtmlNode = HtmlText | HtmlElement | HtmlOther
export type HtmlParent = HtmlRoot | HtmlElement

export const isElement = (node: HtmlNode | undefined): node is HtmlElement => node?.type === "element"

export const text = (value: string): HtmlText => ({ type: "text", value })

export const element = (
  tagName: string,
  properties: Record<string, unknown>,
  children: ReadonlyArray<HtmlNode>
): HtmlElement => ({ type: "element", tagName, properties, children: [...children] })

export const classesOf = (node: HtmlElement): ReadonlyArray<string> => {
  const value = node.properties["className"]
  return Array.isArray(value) ? value.map(String) : []
}

export const hasClass = (node: HtmlElement, name: string): boolean => classesOf(node).includes(name)

export const attribute = (node: HtmlElement, name: string): string => {
  const value = node.properties[name]
  return typeof value === "string" ? value : ""
}

/** The first element below, in document order, that fits. */
export const find = (parent: HtmlParent, fits: (node: HtmlElement) => boolean): HtmlElement | null => {
  for (const child of parent.children) {
    if (!isElement(child)) continue
    if (fits(child)) return child
    const below = find(child, fits)
    if (below !== null) return below
  }
  return null
}

/** All text below, as it stands in the tree. */
export const rawText = (node: HtmlNode | HtmlRoot): string => {
  if (node.type === "text") return node.value
  if (node.type !== "element" && node.type !== "root") return ""
  if (node.type === "element" && node.tagName === "br") return "\n"
  return node.children.map(rawText).join("")
}

/** Replaces each child by what `change` gives for it, after its own children were changed. */
export const rewrite = (
  parent: HtmlParent,
  change: (node: HtmlElement, parent: HtmlParent) => ReadonlyArray<HtmlNode> | null
): void => {
  parent.children = parent.children.flatMap((child): ReadonlyArray<HtmlNode> => {
    if (!isElement(child)) return [child]
    const replaced = change(child, parent)
    if (replaced !== null) return replaced
    rewrite(child, change)
    return [child]
  })
}
