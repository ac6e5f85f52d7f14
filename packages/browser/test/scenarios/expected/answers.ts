/** Scenarios of the answer: how it comes, breaks off, and what it is made of. */
import type { Expectations } from "../Expectation.ts"

export const answers: Expectations = {
  "failed-turn": {
    outcome: "fails promptly; the text so far is kept, Retry is not pressed",
    fails: "response_failed",
    sends: 1,
    partial: true
  },
  "failed-turn-once": {
    outcome: "fails promptly; the text so far is kept, Retry is not pressed",
    fails: "response_failed",
    sends: 1,
    partial: true
  },
  "failed-thinking": {
    outcome: "fails promptly; Retry is not pressed",
    fails: "response_failed",
    sends: 1
  },
  preamble: { outcome: "completes; the preamble is not taken for the answer" },
  "flashing-bar": {
    outcome: "completes with the whole text; the passing finish bar ends nothing",
    behaviour: { tokenDelayMs: 60, chunkCharacters: 60 }
  },
  "continue-generating": {
    outcome: "completes; the button is pressed twice, the parts are one answer",
    events: { continue: 2 }
  },
  "two-answers": {
    outcome: "completes; the second answer is in `response.alt.md`, none is preferred",
    alternative: true
  },
  files: {
    outcome: "completes with all files under their names",
    files: ["butterscotch.txt", "results.csv", "sales_summary.xlsx"]
  },
  "hostile-files": { outcome: "completes; all files lie under safe names in `artifacts/`", files: 14 },
  "files-only": { outcome: "completes with the file as the answer", answer: "nothing", files: 1 },
  image: { outcome: "completes with the image as the answer", answer: "nothing", files: ["image.png"] },
  "long-answer": { outcome: "completes with all of 1 MB" },
  "trap-words": { outcome: "completes; words of the answer change no state" },
  short: { outcome: "completes with the one word", answer: "Done" },
  "huge-conversation": { outcome: "completes a follow-up in the thread of 2,000 turns", followsNewest: true }
}
