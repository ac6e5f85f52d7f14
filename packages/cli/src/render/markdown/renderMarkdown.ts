/** Markdown as a terminal shows it. The text must have been cleaned before: what is in it is printed. */
import remarkGfm from "remark-gfm"
import remarkParse from "remark-parse"
import { unified } from "unified"
import { blocksOf, type Look } from "./Blocks.ts"

/** Wider lines are hard to read. */
const widest = 100

export const renderMarkdown = (markdown: string, look: Look): string => {
  const tree = unified().use(remarkParse).use(remarkGfm).parse(markdown)
  return blocksOf(tree.children, { ...look, width: Math.min(widest, look.width) }).join("\n")
}
