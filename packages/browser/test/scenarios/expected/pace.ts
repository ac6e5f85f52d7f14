/** Scenarios of pace: whatever the site takes its time for, the answer arrives. */
import type { Expectations } from "../Expectation.ts"

export const pace: Expectations = {
  fast: { outcome: "completes; the answer proves prompt and archive" },
  natural: { outcome: "completes at a person's pace" },
  slow: {
    outcome: "completes; thinking is taken neither for silence nor for the answer",
    behaviour: { thinkingMs: 4000, tokenDelayMs: 20 }
  },
  stall: { outcome: "completes with the text after the silence of 12 s" },
  "slow-upload": {
    outcome: "completes; nothing is sent before the upload is processed",
    behaviour: { uploadMs: 1500, processingMs: 1500 }
  },
  "late-url": {
    outcome: "completes; the address that comes after the answer is recorded",
    behaviour: { urlDelayMs: 3000 }
  },
  "lagging-history": { outcome: "completes; the history is not needed to know the thread" },
  "late-hydration": { outcome: "completes; nothing is lost in a page that does not listen yet" }
}
