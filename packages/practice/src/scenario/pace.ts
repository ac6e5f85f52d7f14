/** Scenarios that change how fast the site works. */
import type { Scenarios } from "../Scenario.ts"

export const pace: Scenarios = {
  fast: { about: "the defaults: short thinking, quick answer", behaviour: {} },
  natural: {
    about: "the pace of a person's day, for demos",
    behaviour: {
      thinkingMs: 2_500,
      tokenDelayMs: 25,
      chunkCharacters: 28,
      uploadMs: 700,
      processingMs: 500,
      urlDelayMs: 400
    }
  },
  slow: {
    about: "long thinking, slow tokens",
    behaviour: { thinkingMs: 15_000, thinkingLabel: "Pro thinking", tokenDelayMs: 60, chunkCharacters: 24 }
  },
  stall: { about: "nothing comes for 12 s in the middle of the answer", behaviour: { stallMs: 12_000 } },
  "slow-upload": {
    about: "the upload and its processing take seconds",
    behaviour: { uploadMs: 3_000, processingMs: 3_000 }
  },
  "late-url": { about: "the durable address comes 5 s after the send", behaviour: { urlDelayMs: 5_000 } },
  "lagging-history": { about: "a new thread is listed only after 20 s", behaviour: { historyLagMs: 20_000 } },
  "late-hydration": {
    about: "the page is visible 1.5 s before it listens, and a conversation's turns come after 2 s",
    behaviour: { hydrationMs: 1_500, conversationDelayMs: 2_000 }
  }
}
