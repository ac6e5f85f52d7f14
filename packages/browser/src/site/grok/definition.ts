/** Grok as far as it is known: data only, with ChatGPT's structure where nothing else is known. */
import { chatgpt } from "../chatgpt/definition.ts"
import type { SiteDefinition } from "../Site.ts"

const cookieNames = ["sso", "sso-rw", "cf_clearance", "__cf_bm", "_cfuvid", "x-userid"]

export const grok: SiteDefinition = {
  ...chatgpt,
  name: "grok",
  label: "Grok",
  baseUrl: "https://grok.com/",
  origins: ["https://grok.com"],
  authOrigins: ["https://accounts.x.ai"],
  fileHosts: ["assets.grok.com"],
  paths: {
    ...chatgpt.paths,
    temporaryChat: null,
    conversation: "/(?:c|chat)/([A-Za-z0-9-]+)(?=[/?#]|$)",
    conversationUrl: "/c/{id}",
    auth: ["/sign-in", "/login"],
    session: null,
    me: null,
    history: null,
    conversationApi: null,
    sandboxDownload: [],
    send: ["^/rest/app-chat/conversations(/new|/[^/]+/responses)$"],
    upload: ["^/rest/app-chat/upload-file"]
  },
  cookies: [".grok.com", ".x.ai"].flatMap((domain) => cookieNames.map((name) => ({ domain, name }))),
  sessionCookies: ["sso", "sso-rw"],
  selectors: {
    ...chatgpt.selectors,
    composerInput: [
      "[contenteditable=\"true\"][role=\"textbox\"][aria-label=\"Ask Grok anything\"]",
      "textarea[aria-label=\"Ask Grok anything\"]",
      "textarea[placeholder=\"What do you want to know?\"]",
      ...chatgpt.selectors.composerInput
    ],
    sendButton: [
      "button[data-testid=\"chat-submit\"]",
      "button[aria-label=\"Submit\"]",
      ...chatgpt.selectors.sendButton
    ],
    turn: [
      "[data-testid=\"user-message\"],[data-testid=\"assistant-message\"],[data-testid=\"response-message\"]",
      ".message-bubble"
    ],
    assistantTurn: ["[data-testid=\"assistant-message\"]", "[data-testid=\"response-message\"]"],
    answerContent: [".response-content-markdown", ...chatgpt.selectors.answerContent],
    thinkingStatus: [".thinking-container", ...chatgpt.selectors.thinkingStatus],
    historyLink: ["a[href*=\"/c/\"]", "a[href*=\"/chat/\"]"]
  },
  archive: { format: "tar.gz", maxBytes: 200 * 1024 * 1024 }
}
