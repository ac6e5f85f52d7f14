/** Where the parts of Grok's page are; what chat pages share stands behind what is known of this one. */
import { chatgpt } from "../chatgpt/definition.ts"
import type { SiteDefinition } from "../Site.ts"

const shared = chatgpt.selectors

export const selectors: SiteDefinition["selectors"] = {
  ...shared,
  composerInput: [
    "[contenteditable=\"true\"][role=\"textbox\"][aria-label=\"Ask Grok anything\"]",
    "[contenteditable=\"true\"][aria-label=\"Ask Grok anything\"]",
    "textarea[aria-label=\"Ask Grok anything\"]",
    "textarea[placeholder=\"What do you want to know?\"]",
    ...shared.composerInput
  ],
  sendButton: ["button[data-testid=\"chat-submit\"]", "button[aria-label=\"Submit\"]", ...shared.sendButton],
  stopButton: [
    "button[aria-label=\"Stop model response\"]",
    "button[data-testid=\"stop-button\"]",
    "form button[aria-label=\"Stop\"]",
    "form button[aria-label=\"Cancel\"]"
  ],
  attachButton: ["button[aria-label=\"Attach\"]", ...shared.attachButton],
  turn: [
    "[data-testid=\"user-message\"],[data-testid=\"assistant-message\"],[data-testid=\"response-message\"],.message-bubble"
  ],
  userTurn: [
    "[data-testid=\"user-message\"]",
    ".message-bubble:not([data-testid]):not(:has(.response-content-markdown,.thinking-container))"
  ],
  assistantTurn: [
    "[data-testid=\"assistant-message\"]",
    "[data-testid=\"response-message\"]",
    ".message-bubble:has(.response-content-markdown,.thinking-container)"
  ],
  userText: ["[class~=\"whitespace-pre-wrap\"]"],
  answerContent: [".response-content-markdown", ".markdown", ".prose"],
  answerNoise: [".thinking-container", ...shared.answerNoise],
  finishControl: ["button[aria-label=\"Regenerate\"]", ...shared.finishControl],
  thinkingStatus: [".thinking-container", ...shared.thinkingStatus],
  historyLink: ["a[href*=\"/c/\"]", "a[href*=\"/chat/\"]"],
  accountControl: ["button[aria-label=\"Profile\"]", "[data-testid=\"user-menu\"]", ...shared.accountControl],
  loginControl: [
    "[data-testid=\"anon-paywall-sign-up-card\"]",
    "a[href*=\"accounts.x.ai/sign-in\"]",
    "a[href=\"/sign-in\"]",
    ...shared.loginControl
  ],
  modelTrigger: ["button[aria-label=\"Model select\"]", "[id=\"model-select-trigger\"]"]
}
