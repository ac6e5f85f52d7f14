/** Citations of an answer as footnotes: a mark in the sentence, and the sources in the order of their first mark. */
import { attribute, element, find, type HtmlElement, type HtmlNode, type HtmlRoot, rawText, text } from "./Html.ts"

export interface Source {
  readonly number: number
  readonly url: string
  readonly label: string
}

const isPill = (node: HtmlElement): boolean => attribute(node, "dataTestid") === "webpage-citation-pill"

/** What stands for a citation of a page: an element that carries its source, or its bare label where it leads nowhere. */
export const citation = (node: HtmlElement): ReadonlyArray<HtmlNode> | null => {
  if (!isPill(node)) return null
  const link = find(node, (below) => below.tagName === "a")
  const href = link === null ? "" : attribute(link, "href")
  const label = rawText(node).replaceAll(/\s+/g, " ").trim()
  if (href === "") return label === "" ? [] : [text(` (${label})`)]
  const shown = label === "" ? href : label
  return [element("citation", { dataHref: href, dataLabel: shown }, [text(shown)])]
}

/** Numbers the citations of a page, the same source always alike. */
export const numberCitations = (root: HtmlRoot): ReadonlyArray<Source> => {
  const sources = new Map<string, Source>()
  const visit = (nodes: ReadonlyArray<HtmlNode>): void => {
    for (const node of nodes) {
      if (node.type !== "element") continue
      const url = attribute(node, "dataHref")
      if (node.tagName === "citation" && url !== "") {
        const source = sources.get(url) ?? { number: sources.size + 1, url, label: attribute(node, "dataLabel") }
        sources.set(url, source)
        node.properties["dataNumber"] = String(source.number)
      }
      visit(node.children)
    }
  }
  visit(root.children)
  return [...sources.values()]
}
