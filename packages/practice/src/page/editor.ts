/** The rich-text composer input: a contenteditable whose document is one paragraph for each line. */
import { bootstrap } from "./bootstrap.ts"
import { h } from "./dom.ts"
import { labels } from "./labels.ts"
import { holdsPill, isPill, searchPill, withoutMarks } from "./searchPill.ts"

export interface EditorHooks {
  readonly onChange: () => void
  readonly onSubmit: () => void
  readonly onFiles: (files: ReadonlyArray<File>) => void
}

const pastedFile = (text: string): File => new File([text], "Pasted text.txt", { type: "text/plain" })

export class Editor {
  readonly element: HTMLDivElement
  private readonly hooks: EditorHooks
  private readonly observer: MutationObserver
  private placeholder = labels.placeholder

  constructor(hooks: EditorHooks) {
    this.hooks = hooks
    this.element = h("div", {
      contenteditable: "true",
      id: "prompt-textarea",
      class: "ProseMirror",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": labels.composer,
      "data-virtualkeyboard": "true",
      translate: "no"
    })
    this.observer = new MutationObserver(() => this.settle())
    this.setText("")
  }

  listen(): void {
    this.element.addEventListener("keydown", (event) => this.onKey(event))
    this.element.addEventListener("beforeinput", (event) => this.onBeforeInput(event))
    this.element.addEventListener("paste", (event) => this.onPaste(event))
    this.element.addEventListener("drop", (event) => {
      const files = [...event.dataTransfer?.files ?? []]
      if (files.length === 0) return
      event.preventDefault()
      this.hooks.onFiles(files)
    })
    this.settle()
  }

  /** Puts the pill of the web search before the text. */
  addSearchPill(): void {
    this.element.firstElementChild?.prepend(...searchPill())
  }

  /** The document as text: paragraphs are lines. */
  text(): string {
    const text = [...this.element.children].map(lineOf).join("\n")
    return holdsPill(this.element) ? withoutMarks(text) : text
  }

  setText(text: string): void {
    this.observer.disconnect()
    const keepsPill = text !== "" && holdsPill(this.element)
    this.element.replaceChildren(...text.split(/\r\n?|\n/).map(paragraph))
    if (keepsPill) this.element.firstElementChild?.prepend(...searchPill())
    this.mark()
    this.observe()
    this.hooks.onChange()
  }

  private observe(): void {
    this.observer.observe(this.element, { childList: true, characterData: true, subtree: true })
  }

  /** Brings whatever was done to the nodes back into the form of the document. */
  private settle(): void {
    this.observer.disconnect()
    for (const node of Array.from(this.element.childNodes)) {
      if (node instanceof HTMLParagraphElement) continue
      if (node instanceof HTMLBRElement && this.element.childNodes.length > 1) node.remove()
      else {
        const replacement = paragraph((node.textContent ?? "").replaceAll(/\r?\n/g, " "))
        node.replaceWith(replacement)
        getSelection()?.collapse(replacement, replacement.childNodes.length)
      }
    }
    if (this.element.childNodes.length === 0) {
      const empty = paragraph("")
      this.element.append(empty)
      if (document.activeElement === this.element) getSelection()?.collapse(empty, 0)
    }
    for (const child of this.element.children) if (child.childNodes.length === 0) child.append(trailingBreak())
    const text = this.text()
    if (text.length > bootstrap.page.composerLimit) {
      this.setText(text.slice(0, bootstrap.page.composerLimit))
      return
    }
    this.mark()
    this.observe()
    this.hooks.onChange()
  }

  /** What an empty document says. */
  setPlaceholder(placeholder: string): void {
    this.placeholder = placeholder
    this.setText(this.text())
  }

  private mark(): void {
    const only = this.element.children.length === 1 ? this.element.firstElementChild : null
    for (const child of this.element.querySelectorAll("p.placeholder")) {
      if (child !== only || lineOf(child) !== "") {
        child.removeAttribute("class")
        child.removeAttribute("data-placeholder")
      }
    }
    if (only === null || lineOf(only) !== "") return
    only.className = "placeholder"
    only.setAttribute("data-placeholder", this.placeholder)
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.isComposing) return
    event.preventDefault()
    if (!event.isTrusted) return
    if (event.shiftKey) document.execCommand("insertParagraph")
    else this.hooks.onSubmit()
  }

  /** A long text into an empty document at once; line by line, as the browser does it, takes quadratic time. */
  private onBeforeInput(event: InputEvent): void {
    if (event.inputType !== "insertText" || event.data === null) return
    if (event.data.length > bootstrap.page.pasteLimit) {
      event.preventDefault()
      this.hooks.onFiles([pastedFile(event.data)])
      return
    }
    if (!event.data.includes("\n") || this.text() !== "") return
    event.preventDefault()
    this.setText(event.data)
    getSelection()?.collapse(this.element, this.element.childNodes.length)
  }

  private onPaste(event: ClipboardEvent): void {
    event.preventDefault()
    const files = [...event.clipboardData?.files ?? []]
    if (files.length > 0) {
      this.hooks.onFiles(files)
      return
    }
    const text = event.clipboardData?.getData("text/plain") ?? ""
    if (text.length > bootstrap.page.pasteLimit) this.hooks.onFiles([pastedFile(text)])
    else if (this.text() === "") this.setText(text)
    else document.execCommand("insertText", false, text)
  }
}

const trailingBreak = (): HTMLBRElement => h("br", { class: "ProseMirror-trailingBreak" })

const paragraph = (line: string): HTMLParagraphElement => h("p", {}, line === "" ? trailingBreak() : line)

const lineOf = (element: Element): string => {
  let text = ""
  const last = element.lastChild
  for (const node of element.childNodes) {
    if (isPill(node)) continue
    if (node instanceof HTMLBRElement) text += node === last ? "" : "\n"
    else text += node instanceof Element ? lineOf(node) : node.textContent ?? ""
  }
  return text
}
