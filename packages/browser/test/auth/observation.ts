/** An observation of a ready page, to change as a test needs. */
import type { PageObservation } from "@effect-oracle/core/page/PageObservation"

export const observation = (url: string): PageObservation => ({
  url,
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
  challenge: { elements: [], script: false },
  overlays: [],
  login: { asked: true, status: 200, identified: true, anonymous: false, email: "jane@example.com" },
  sidebar: { present: true, conversationIds: [] },
  turns: 0
})
