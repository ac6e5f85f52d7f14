/** The form at the bottom: input, attachments, model pill, and the one button that sends or stops. */
import type { Attachment, ConversationMode } from "../wire.ts"
import { Attachments } from "./attachments.ts"
import { bootstrap } from "./bootstrap.ts"
import { button, h, icon } from "./dom.ts"
import { Editor } from "./editor.ts"
import { labels } from "./labels.ts"
import { ModelPicker } from "./modelPicker.ts"
import { PlusMenu } from "./plusMenu.ts"

export interface Draft {
  readonly text: string
  readonly attachments: ReadonlyArray<Attachment>
  /** Puts the draft back as it was. */
  readonly restore: () => void
}

export interface ComposerHooks {
  readonly onSend: (draft: Draft) => void
  readonly onStop: () => void
  /** The rim of "+" was hit, which leads to Work. */
  readonly onWork: () => void
}

export class Composer {
  readonly element: HTMLFormElement
  readonly picker = new ModelPicker()
  private readonly attachments = new Attachments(() => this.refresh())
  private readonly editor: Editor
  private readonly hooks: ComposerHooks
  private readonly sendButton: HTMLButtonElement
  private readonly stopButton: HTMLButtonElement
  private readonly slot = h("div", { class: "ms-auto flex items-center gap-1.5" })
  private generating = false
  private ignoredClicks = bootstrap.page.ignoredSendClicks
  private listening = false

  constructor(hooks: ComposerHooks) {
    this.hooks = hooks
    this.editor = new Editor({
      onChange: () => this.refresh(),
      onSubmit: () => this.submit(),
      onFiles: (files) => this.attachments.add(files)
    })
    const plus = new PlusMenu(() => this.hooks.onWork())
    this.sendButton = button(
      {
        id: "composer-submit-button",
        class: "send composer-submit-btn",
        "data-testid": "send-button",
        "aria-label": labels.send
      },
      icon("up"),
      () => this.onSendClick()
    )
    this.stopButton = button(
      {
        id: "composer-submit-button",
        class: "send composer-submit-btn",
        "data-testid": "stop-button",
        "aria-label": labels.stop
      },
      icon("square"),
      () => this.hooks.onStop()
    )
    this.element = h(
      "form",
      { class: "composer group/composer", "data-type": "unified-composer", "data-testid": "composer" },
      ...plus.inputs,
      this.attachments.element,
      h("textarea", {
        name: "prompt-textarea",
        placeholder: labels.placeholder,
        class: "_fallbackTextarea hidden",
        autofocus: true
      }),
      this.editor.element,
      h(
        "div",
        { class: "composer-footer", "data-testid": "composer-footer-actions" },
        plus.element,
        this.picker.element,
        h("span", { class: "grow" }),
        button({ "aria-label": "Start dictation", class: "composer-btn" }, icon("microphone"), () => undefined),
        this.slot
      )
    )
    this.element.addEventListener("submit", (event) => event.preventDefault())
    setTimeout(() => {
      this.listening = true
      this.editor.listen()
      plus.listen((files) => this.attachments.add(files))
      this.refresh()
    }, bootstrap.page.hydrationMs)
    this.refresh()
  }

  setGenerating(generating: boolean): void {
    this.generating = generating
    this.refresh()
  }

  /** What was not sent last time, and the tool that was chosen. */
  bringDraftBack(): void {
    if (bootstrap.page.searchPill) this.editor.addSearchPill()
    if (!bootstrap.page.staleDraft) return
    this.editor.setText("an old draft\nof two lines")
    this.attachments.add([new File(["old"], "old-notes.txt", { type: "text/plain" })])
  }

  clear(): void {
    this.editor.setText("")
    this.attachments.take()
  }

  setMode(mode: ConversationMode): void {
    this.editor.setPlaceholder(mode === "work" ? "Work on anything" : labels.placeholder)
  }

  focus(): void {
    this.editor.element.focus()
  }

  private get ready(): boolean {
    return this.listening && !this.attachments.busy && (this.editor.text().trim() !== "" || this.attachments.count > 0)
  }

  private refresh(): void {
    if (this.sendButton === undefined) return
    this.sendButton.disabled = !this.ready
    const shown = this.generating ? this.stopButton : this.sendButton
    if (this.slot.firstChild !== shown) this.slot.replaceChildren(shown)
  }

  private onSendClick(): void {
    if (this.ignoredClicks > 0) this.ignoredClicks -= 1
    else this.submit()
  }

  private submit(): void {
    if (!this.ready || this.generating) return
    const text = this.editor.text()
    const attachments = this.attachments.ready()
    const putBack = this.attachments.take()
    this.editor.setText("")
    this.hooks.onSend({
      text,
      attachments,
      restore: () => {
        putBack()
        if (this.editor.text() === "") this.editor.setText(text)
      }
    })
  }
}
