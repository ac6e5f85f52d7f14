/** The bar at the top: model switcher, Chat or Work, temporary chat, and the options of the open conversation. */
import type { ConversationMode } from "../wire.ts"
import * as api from "./api.ts"
import { bootstrap } from "./bootstrap.ts"
import { openConversationMenu } from "./conversationMenu.ts"
import { button, h, icon, set } from "./dom.ts"
import { labels } from "./labels.ts"

export interface OpenConversation {
  readonly id: string
  readonly title: string
  readonly archived: boolean
}

export interface HeaderHooks {
  readonly onGone: (id: string) => void
  readonly onBack: () => void
  readonly onMode: (mode: ConversationMode) => void
}

export class Header {
  readonly element: HTMLElement
  private readonly hooks: HeaderHooks
  private readonly radios: ReadonlyArray<HTMLButtonElement>
  private readonly temporary = h("span", { "data-testid": "temporary-chat-label", hidden: true }, "Temporary Chat")
  private readonly options: HTMLButtonElement
  private conversation: OpenConversation | null = null

  constructor(picker: HTMLElement, hooks: HeaderHooks) {
    this.hooks = hooks
    this.radios = bootstrap.page.workMode ? (["chat", "work"] as const).map((mode) => this.radio(mode)) : []
    this.options = button(
      {
        "aria-label": labels.options,
        "data-testid": "conversation-options-button",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        hidden: true
      },
      icon("more"),
      () => this.openOptions()
    )
    this.element = h(
      "header",
      { class: "page-header", id: "page-header" },
      h(
        "div",
        {},
        ...(bootstrap.page.picker === "header" ? [] : [h("span", { class: "secondary" }, "ChatGPT")]),
        picker
      ),
      ...(this.radios.length === 0 ? [] : [h("div", { role: "radiogroup", "aria-label": "Mode" }, ...this.radios)]),
      h("div", {}, this.temporary, this.options)
    )
    this.setMode("chat")
  }

  setMode(mode: ConversationMode): void {
    this.radios.forEach((radio, index) => {
      const on = index === (mode === "work" ? 1 : 0)
      set(radio, "aria-checked", String(on))
      set(radio, "data-state", on ? "on" : "off")
    })
  }

  setTemporary(temporary: boolean): void {
    this.temporary.hidden = !temporary
  }

  /** The conversation whose options can be opened; null where there is none. */
  setConversation(conversation: OpenConversation | null): void {
    this.conversation = conversation
    this.options.hidden = conversation === null
  }

  private radio(mode: ConversationMode): HTMLButtonElement {
    return button({ role: "radio" }, mode === "work" ? "Work" : "Chat", () => {
      api.note({ kind: "mode", mode, by: "radio" })
      this.hooks.onMode(mode)
    })
  }

  private openOptions(): void {
    const { conversation } = this
    if (conversation === null) return
    openConversationMenu(this.options, conversation, {
      onGone: () => this.hooks.onGone(conversation.id),
      onBack: () => {
        this.setConversation({ ...conversation, archived: false })
        this.hooks.onBack()
      }
    })
  }
}
