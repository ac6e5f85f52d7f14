/** A panel at the right that shows what is thought; it stays, with the last of it, when the answer is there. */
import type { TurnState } from "../wire.ts"
import * as api from "./api.ts"
import { button, h, icon } from "./dom.ts"

const steps = [
  "Reading the files",
  "Searching for the cause: rate limit or \"Log in\"?",
  "Something went wrong there once"
]

const panel = h("aside", {
  class: "sidecar",
  role: "complementary",
  "aria-label": "Activity",
  "data-testid": "stage-thread-flyout"
})

export const showThinkingPanel = (turn: TurnState): void => {
  const isThinking = turn.status === "thinking"
  if (!isThinking && turn.thoughtSeconds === null) {
    panel.remove()
    return
  }
  panel.replaceChildren(
    h("header", {}, h("h2", {}, "Activity"), button({ "aria-label": "Close" }, icon("cross"), () => panel.remove())),
    isThinking
      ? h("p", { class: "loading-shimmer", "aria-busy": "true" }, turn.label)
      : h("p", {}, `Thought for ${turn.thoughtSeconds ?? 0}s`),
    h("ul", {}, ...steps.map((step) => h("li", {}, step))),
    ...(isThinking
      ? [button({ class: "btn" }, "Answer now", () => api.note({ kind: "answer-now", turnId: turn.id }))]
      : [])
  )
  if (!panel.isConnected && isThinking) document.body.append(panel)
}
