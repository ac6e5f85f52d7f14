/** Puts a long text into the input at once: a browser that types many lines takes time that grows with their square. */
import { preserveSpace, selectComposer } from "./composer.ts"
import { composerInput } from "./regions.ts"
import type { PageSite } from "./site.ts"

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

/** Sets the value as the element itself does: frameworks put their own setter over it and would not notice the change. */
const setValue = (area: HTMLTextAreaElement, text: string): void =>
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(area, text)

const tell = (input: HTMLElement, text: string): boolean =>
  input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste", data: text }))

/** Replaces the content and says so with an input event; false where there is nothing to fill. */
export const enterLines = (site: PageSite, text: string): boolean => {
  const area = composerInput(site)
  if (area instanceof HTMLTextAreaElement) {
    area.focus()
    setValue(area, text)
    area.setSelectionRange(text.length, text.length)
    tell(area, text)
    return true
  }
  const input = editable(site)
  if (input === null) return false
  input.focus()
  input.replaceChildren(...blocks(input, text))
  const selection = getSelection()
  selection?.selectAllChildren(input.lastElementChild ?? input)
  selection?.collapseToEnd()
  tell(input, text)
  return true
}

/**
 * Puts the text in as one piece, line ends and all, for a page that reads its editable in the browser's own way. Where
 * the page began with one paragraph, the text stands in it, so that also a page that asks its paragraphs finds it.
 */
export const enterText = (site: PageSite, text: string): boolean => {
  const input = editable(site)
  if (input === null || !preserveSpace(site)) return false
  input.focus()
  const first = input.firstElementChild
  const place = first !== null && first.tagName === "P" ? first : input
  const typed = document.createTextNode(text)
  place.replaceChildren(typed, ...(text.endsWith("\n") ? [document.createElement("br")] : []))
  if (place !== input) input.replaceChildren(place)
  getSelection()?.collapse(typed, text.length)
  return tell(input, text)
}

/** Offers the text as a paste of plain text over everything; false where the page does not take pastes itself. */
export const enterPaste = (site: PageSite, text: string): boolean => {
  const input = editable(site)
  if (input === null || !selectComposer(site)) return false
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/plain", text)
  return !input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
}
