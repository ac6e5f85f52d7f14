/** Scenarios that change the answer or the way in which it comes. */
import type { Scenarios } from "../Scenario.ts"

export const answers: Scenarios = {
  "failed-turn": { about: "the answer breaks off with an error and Retry", behaviour: { failTurn: "answering" } },
  "failed-turn-once": { about: "breaks off once; Retry works", behaviour: { failTurn: "answering", failedTurns: 1 } },
  "failed-thinking": { about: "fails before a word was written", behaviour: { failTurn: "thinking" } },
  preamble: {
    about: "a sentence before the thinking begins",
    behaviour: { preamble: "I'll look through the files first and then answer.", thinkingMs: 1_500 }
  },
  "flashing-bar": { about: "the finish bar flashes in the middle of the answer", behaviour: { flashBar: true } },
  "continue-generating": {
    about: "stops twice until \"Continue generating\" is pressed",
    behaviour: { continueParts: 3 }
  },
  "two-answers": { about: "two answers and the question which is better", behaviour: { twoAnswers: true } },
  files: {
    about: "the answer offers results.csv, sales_summary.xlsx and butterscotch.txt",
    behaviour: { answer: "files" }
  },
  "hostile-files": { about: "the answer's files have hostile names", behaviour: { answer: "hostile-files" } },
  "files-only": { about: "the answer is nothing but a file", behaviour: { answer: "files-only" } },
  image: { about: "the answer is nothing but an image", behaviour: { answer: "image" } },
  "long-answer": { about: "an answer of 1 MB", behaviour: { answer: "long", chunkCharacters: 20_000 } },
  "trap-words": {
    about: "the answer speaks of rate limits, Cloudflare and logging in",
    behaviour: { answer: "trap-words" }
  },
  short: { about: "the answer is one word", behaviour: { answer: "short" } },
  "huge-conversation": { about: "a conversation of 2,000 turns in the history", behaviour: { preparedTurns: 2_000 } }
}
