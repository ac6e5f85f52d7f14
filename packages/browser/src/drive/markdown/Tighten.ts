/** Makes lists tight where no item needs a blank line: pages wrap every item in a paragraph, whatever the source was. */

export interface TightNode {
  readonly type: string
  spread?: boolean | null | undefined
  readonly children?: ReadonlyArray<TightNode> | undefined
}

const needsSpace = (item: TightNode): boolean => {
  const [head, ...rest] = item.children ?? []
  return rest.some((child) => child.type !== "list") ||
    (head !== undefined && head.type !== "paragraph" && rest.length > 0)
}

/** Changes the tree in place. */
export const tighten = (node: TightNode): void => {
  for (const child of node.children ?? []) tighten(child)
  if (node.type !== "list") return
  const items = node.children ?? []
  for (const item of items) item.spread = needsSpace(item)
  node.spread = items.some((item) => item.spread === true)
}
