/** Observations to start from: a ready, signed-in page, and a page that has no chat interface. */
import type { PageObservation } from "@effect-oracle/core/page/PageObservation"

export const readyPage: PageObservation = {
  url: "https://chatgpt.com/",
  ownOrigin: true,
  authUrl: false,
  title: "ChatGPT",
  readyState: "complete",
  ageMs: 10_000,
  httpStatus: 200,
  bodyChars: 5000,
  composer: { present: true, enabled: true, name: "Ask anything", attachControl: true },
  controls: [],
  loginControls: [],
  accountControls: ["Open profile menu"],
  plainText: "",
  titleTopics: [],
  plainTopics: [],
  challenge: { elements: [], script: true },
  overlays: [],
  login: { asked: true, status: 200, identified: true, anonymous: false, email: "jane@example.com" },
  sidebar: { present: true, conversationIds: ["a", "b"] },
  turns: 2
}

export const unknownVisitor: PageObservation["login"] = {
  asked: true,
  status: 401,
  identified: false,
  anonymous: false,
  email: null
}

export const anonymousVisitor: PageObservation["login"] = { ...unknownVisitor, status: 200, anonymous: true }

/** Neither composer nor sidebar nor turns. */
export const barePage: PageObservation = {
  ...readyPage,
  composer: { present: false, enabled: false, name: "", attachControl: false },
  accountControls: [],
  sidebar: { present: false, conversationIds: [] },
  turns: 0,
  bodyChars: 120,
  challenge: { elements: [], script: false },
  login: unknownVisitor
}
