/** How the page shows what went wrong with a request. */
import { ApiProblem } from "./api.ts"
import { showSessionExpired, showToast, showTooManyRequests } from "./dialogs.ts"
import { h } from "./dom.ts"

const notices = h("div", { class: "notices" })

/** Where notices above the composer appear. */
export const noticePlace = (): HTMLElement => notices

export const showNotice = (text: string): void =>
  notices.replaceChildren(h("div", { class: "notice", role: "alert", "data-testid": "usage-limit-banner" }, text))

export const usageLimitText =
  "You've hit your plan's limit for Pro messages. You can send again after 9:00 PM, when your limit resets."

/** `otherwise` shows what has no form of its own. */
export const reportProblem = (error: unknown, otherwise: () => void): void => {
  if (!(error instanceof ApiProblem)) {
    showToast(
      "A network error occurred. Please check your connection and try again. If this issue persists please contact us through our help center at help.openai.com."
    )
    return
  }
  if (error.status === 401) showSessionExpired()
  else if (error.code === "rate_limit_exceeded") showTooManyRequests()
  else if (error.code === "model_cap_exceeded") showNotice(usageLimitText)
  else if (error.code === "message_length_exceeds_limit") showToast(error.message, 10_000)
  else otherwise()
}
