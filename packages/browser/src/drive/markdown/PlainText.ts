/** Plain text of a Markdown tree: what a reader sees, with list marks, without emphasis and addresses. */

/** The little of a Markdown tree that this needs. */
export interface MarkdownNode {
  readonly type: string
  readonly value?: string | undefined
  readonly label?: string | null | undefined
  readonly url?: string | undefined
  readonly alt?: string | null | undefined
  readonly ordered?: boolean | null | undefined
  readonly start?: number | null | undefined
  readonly checked?: boolean | null | undefined
  readonly children?: ReadonlyArray<MarkdownNode> | undefined
}

const indent = (block: string, by: string): string =>
  block.split("\n").map((line) => line === "" ? by.trimEnd() : `${by}${line}`).join("\n")

const inline = (node: MarkdownNode): string => {
  switch (node.type) {
    case "break":
      return "\n"
    case "footnoteReference":
      return ` [${node.label ?? ""}]`
    case "image":
      return node.alt ?? ""
    default:
      return node.value ?? (node.children ?? []).map(inline).join("")
  }
}

const item = (node: MarkdownNode, mark: string): string => {
  const check = typeof node.checked === "boolean" ? (node.checked ? "[x] " : "[ ] ") : ""
  const body = (node.children ?? []).map(block).filter((part) => part !== "").join("\n")
  return `${mark}${check}${indent(body, " ".repeat(mark.length)).trimStart()}`
}

const list = (node: MarkdownNode): string =>
  (node.children ?? []).map((child, index) =>
    item(child, node.ordered === true ? `${(node.start ?? 1) + index}. ` : "- ")
  ).join("\n")

const block = (node: MarkdownNode): string => {
  switch (node.type) {
    case "list":
      return list(node)
    case "blockquote":
      return indent(blocks(node.children ?? []), "> ")
    case "table":
      return (node.children ?? []).map((row) => (row.children ?? []).map(inline).join("\t")).join("\n")
    case "footnoteDefinition": {
      const link = node.children?.[0]?.children?.[0]
      return `[${node.label ?? ""}] ${link === undefined ? "" : `${inline(link)}: ${link.url ?? ""}`}`
    }
    case "thematicBreak":
      return "---"
    case "html":
      return node.value?.startsWith("<!--") === false ? node.value : ""
    default:
      return inline(node)
  }
}

const blocks = (nodes: ReadonlyArray<MarkdownNode>): string =>
  nodes.map(block).filter((part) => part !== "").join("\n\n")

export const plainText = (root: MarkdownNode): string => blocks(root.children ?? [])
