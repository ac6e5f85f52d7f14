import { chatgpt } from "@effect-oracle/browser/site/chatgpt/definition"
import type { SiteDefinition } from "@effect-oracle/browser/site/Site"

export const parley: SiteDefinition = {
  ...chatgpt,
  label: "Parley",
  baseUrl: "https://parley.example/",
  origins: ["https://parley.example"],
  authOrigins: [],
  fileHosts: [],
  paths: {
    ...chatgpt.paths,
    conversation: "/talk/([a-z0-9]+)$",
    conversationUrl: "/talk/{id}",
    session: null,
    me: "/whoami",
    history: null,
    conversationApi: null,
    send: ["^/say$"]
  },
  cookies: [{ domain: "parley.example", name: "parley_session" }],
  sessionCookies: ["parley_session"],
  selectors: {
    ...chatgpt.selectors,
    turn: [".utterance"],
    userTurn: [".utterance.mine"],
    assistantTurn: [".utterance.theirs"],
    userText: [".words"],
    answerContent: [".words"],
    sendButton: [".speak"],
    stopButton: [".hush"],
    finishControl: [".quote"],
    accountControl: [".me"]
  },
  turnIdAttributes: ["data-key"],
  archive: { format: "tar.gz", maxBytes: 50 * 1024 * 1024 }
}
