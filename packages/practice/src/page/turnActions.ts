/** The row of buttons under a turn, and what happens when a file or a code block in it is clicked. */
import type { TurnState } from "../wire.ts"
import * as api from "./api.ts"
import { showToast } from "./dialogs.ts"
import { button, h, icon } from "./dom.ts"
import { labels } from "./labels.ts"

export const userActions = (text: string): HTMLElement =>
  h(
    "div",
    { class: "turn-actions" },
    button(
      { "aria-label": labels.copy, "data-testid": "copy-turn-action-button" },
      icon("copy"),
      () => void copy(text)
    ),
    button({ "aria-label": "Edit message" }, icon("pencil"), () => undefined)
  )

export const answerActions = (
  turn: TurnState,
  markdown: () => string,
  conversationId: () => string | null,
  reading: boolean
): HTMLElement =>
  h(
    "div",
    { class: "turn-actions", role: "group", "aria-label": "Response actions" },
    button({ "aria-label": labels.copy, "data-testid": "copy-turn-action-button" }, icon("copy"), () => {
      void copy(markdown())
      api.note({ kind: "copy", turnId: turn.id, conversationId: conversationId() })
    }),
    button({ "aria-label": labels.good, "data-testid": "good-response-turn-action-button" }, icon("good"), () =>
      undefined),
    button({ "aria-label": labels.bad, "data-testid": "bad-response-turn-action-button" }, icon("bad"), () =>
      undefined),
    button({ "aria-label": labels.share, "data-testid": "share-chat-button-turn" }, icon("share"), () =>
      undefined),
    ...(turn.messages.some(({ text }) => text.includes("](sandbox:"))
      ? [
        button(
          { "aria-label": "Download files", "data-testid": "download-files-turn-action-button" },
          icon("save"),
          () => undefined
        )
      ]
      : []),
    ...(reading
      ? [
        button(
          { "aria-label": "Stop reading aloud", "data-testid": "voice-play-turn-action-button" },
          icon("square"),
          () => undefined
        )
      ]
      : []),
    button({ "aria-label": "More actions", "aria-haspopup": "menu" }, icon("more"), () => undefined)
  )

/** Serves clicks on files and on code blocks anywhere in the thread. */
export const listenForContentClicks = (thread: HTMLElement, conversationId: () => string | null): void => {
  thread.addEventListener("click", (event) => {
    const { target } = event
    if (!(target instanceof Element)) return
    const file = target.closest("[data-sandbox-path]")
    if (file !== null) {
      event.preventDefault()
      void download(file, conversationId())
      return
    }
    const code = target.closest("pre button")?.closest("pre")?.querySelector("code")
    if (code !== undefined && code !== null) void copy(code.textContent ?? "")
  })
}

const download = async (control: Element, conversationId: string | null): Promise<void> => {
  try {
    const messageId = control.closest("[data-message-id]")?.getAttribute("data-message-id") ?? ""
    const found = await api.downloadUrl(
      conversationId ?? "",
      messageId,
      control.getAttribute("data-sandbox-path") ?? ""
    )
    const link = h("a", { href: found.url, download: found.name })
    document.body.append(link)
    link.click()
    link.remove()
  } catch {
    showToast("Failed to get upload status for this file. Please try again.")
  }
}

const copy = async (text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    showToast("Could not copy")
  }
}
