/** The two kinds of input: a plain text area, and a rich editor that keeps one paragraph for each line. */
import { h } from "./dom.ts"

export interface Editor {
  readonly element: HTMLElement
  readonly text: () => string
  readonly clear: () => void
}

const linesOf = (root: Node): string => {
  let text = ""
  const blocks = [...root.childNodes]
  blocks.forEach((block, index) => {
    if (index > 0 && (isBlock(block) || isBlock(blocks[index - 1]))) text += "\n"
    text += isBlock(block) ? inner(block) : inlineText(block)
  })
  return text
}

const isBlock = (node: Node | undefined): node is HTMLElement =>
  node instanceof HTMLElement && (node.tagName === "P" || node.tagName === "DIV")

const inner = (block: HTMLElement): string => {
  if ([...block.children].some(isBlock)) return linesOf(block)
  const nodes = [...block.childNodes]
  const last = nodes.at(-1)
  if (last instanceof HTMLBRElement) nodes.pop()
  return nodes.map(inlineText).join("")
}

const inlineText = (node: Node): string =>
  node instanceof HTMLBRElement ? "\n" : node instanceof HTMLElement ? inner(node) : node.textContent ?? ""

const paragraphs = (text: string): ReadonlyArray<HTMLElement> =>
  text.split("\n").map((line) =>
    line === "" ? h("p", {}, h("br", { class: "ProseMirror-trailingBreak" })) : h("p", {}, line)
  )

/** Keeps the text by itself; what the browser or a script puts into the element counts once an input event tells of it. */
export const richEditor = (label: string, onChange: () => void): Editor => {
  let text = ""
  const element = h("div", {
    id: "prompt-textarea",
    class: "ProseMirror",
    contenteditable: "true",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": label,
    "data-virtualkeyboard": "true",
    translate: "no"
  })

  const caretToEnd = () => {
    const selection = document.getSelection()
    if (document.activeElement !== element || selection === null) return
    selection.selectAllChildren(element.lastElementChild ?? element)
    selection.collapseToEnd()
  }
  const set = (next: string) => {
    text = next
    element.replaceChildren(...paragraphs(text))
    caretToEnd()
    onChange()
  }

  element.addEventListener("input", () => set(linesOf(element)))
  element.addEventListener("paste", (event) => {
    event.preventDefault()
    const pasted = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n")
    const selection = document.getSelection()
    const replaces = selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode)
    set(replaces ? pasted : text + pasted)
  })
  element.append(...paragraphs(""))
  return { element, text: () => text, clear: () => set("") }
}

export const plainEditor = (placeholder: string, onChange: () => void): Editor => {
  let text = ""
  const element = h("textarea", { id: "prompt", placeholder, "aria-label": placeholder, rows: "3" })
  element.addEventListener("input", () => {
    text = element.value
    onChange()
  })
  return {
    element,
    text: () => text,
    clear: () => {
      element.value = ""
      text = ""
      onChange()
    }
  }
}
