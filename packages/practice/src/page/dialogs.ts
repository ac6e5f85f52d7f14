/** Dialogs in front of the page and toasts at its top. */
import { button, h, icon } from "./dom.ts"

export interface DialogOptions {
  readonly title: string
  readonly text: string
  readonly action: string
  readonly role?: "dialog" | "alertdialog"
  readonly closable?: boolean
  readonly testId?: string
  readonly onAction?: () => void
  /** Stands between text and action. */
  readonly content?: ReadonlyArray<Node>
  /** A second button, which only closes. */
  readonly cancel?: string
  readonly actionTestId?: string
}

export const showDialog = (options: DialogOptions): void => {
  const close = () => {
    overlay.remove()
    document.removeEventListener("keydown", onKey)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") close()
  }
  const heading = h("h2", { id: `dialog-${options.title.toLowerCase().replaceAll(/\W+/g, "-")}` }, options.title)
  const dialog = h(
    "div",
    {
      role: options.role ?? "dialog",
      "aria-modal": "true",
      "aria-label": options.title,
      class: "dialog",
      "data-testid": options.testId ?? "modal"
    },
    heading,
    h("p", {}, options.text),
    ...options.content ?? [],
    ...(options.cancel === undefined ? [] : [button({ class: "btn btn-secondary" }, options.cancel, close)]),
    button({ class: "btn btn-primary", "data-testid": options.actionTestId ?? null }, options.action, () => {
      close()
      options.onAction?.()
    })
  )
  if (options.closable === true) {
    dialog.prepend(button({ "aria-label": "Close", "data-testid": "close-button" }, icon("cross"), close))
  }
  const overlay = h("div", { class: "overlay", "data-state": "open" }, dialog)
  document.body.append(overlay)
  document.addEventListener("keydown", onKey)
}

export const showTooManyRequests = (): void =>
  showDialog({
    title: "Too many requests",
    text:
      "You're making requests too quickly. We've temporarily limited access to your conversations to protect our data. Please wait a few minutes before trying again.",
    action: "Got it"
  })

export const showSessionExpired = (): void =>
  showDialog({
    title: "Your session has expired",
    text: "Please log in again to continue using the app.",
    action: "Log in",
    role: "alertdialog",
    testId: "modal-expired-session",
    onAction: () => location.assign("/auth/login")
  })

const toasts = h("div", { class: "toasts", "aria-live": "assertive" })

export const showToast = (text: string, lasts = 6_000): void => {
  if (!toasts.isConnected) document.body.append(toasts)
  const toast = h("div", { class: "toast", role: "alert", "data-testid": "toast" }, text)
  toasts.append(toast)
  setTimeout(() => toast.remove(), lasts)
}
