/** Puts a long text into an editable at once: a browser that types many lines takes time that grows with their square. */
import { selectComposer } from "./composer.ts"
import type { PageSite } from "./protocol.ts"
import { composerInput } from "./regions.ts"

const editable = (site: PageSite): HTMLElement | null => {
  const input = composerInput(site)
  return input instanceof HTMLElement && input.isContentEditable ? input : null
}

/** Paragraphs where the editor uses them, else the blocks that the browser itself makes of lines. */
const blocks = (input: HTMLElement, text: string): ReadonlyArray<HTMLElement> => {
  const tag = input.querySelector(":scope > p") === null ? "div" : "p"
  return text.split("\n").map((line) => {
    const block = document.createElement(tag)
    block.append(line === "" ? document.createElement("br") : line)
    return block
  })
}

/** Replaces the content and says so with an input event; false where there is no editable. */
export const enterLines = (site: PageSite, text: string): boolean => {
  const input = editable(site)
  if (input === null) return false
  input.focus()
  input.replaceChildren(...blocks(input, text))
  const selection = getSelection()
  selection?.selectAllChildren(input.lastElementChild ?? input)
  selection?.collapseToEnd()
  input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste", data: text }))
  return true
}

/** Offers the text as a paste of plain text over everything; false where the page does not take pastes itself. */
export const enterPaste = (site: PageSite, text: string): boolean => {
  const input = editable(site)
  if (input === null || !selectComposer(site)) return false
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/plain", text)
  return !input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
}
