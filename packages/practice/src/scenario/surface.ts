/** Scenarios that change what the page looks like. */
import type { Scenarios } from "../Scenario.ts"

export const surface: Scenarios = {
  drift: { about: "other labels; ids and test ids are gone, roles stay", behaviour: { labels: "drift" } },
  announcement: { about: "an announcement dialog stands in front", behaviour: { announcement: true } },
  "consent-banner": {
    about: "a banner about cookies lies over the composer until somebody decides",
    behaviour: { consentBanner: true }
  },
  "work-mode": {
    about: "Chat and Work stand side by side; the rim of \"+\" leads to Work, where no address lasts",
    behaviour: { workMode: true }
  },
  "paste-becomes-file": {
    about: "more than 5,000 characters inserted at once become \"Pasted text.txt\"",
    behaviour: { pasteLimit: 5_000 }
  },
  "feedback-dialog": {
    about: "a \"Pro feedback\" dialog appears after the answer",
    behaviour: { feedbackDialog: true }
  },
  "thinking-panel": {
    about: "what is thought stands in a panel at the right, and stays there",
    behaviour: { thinkingPanel: true, thinkingMs: 2_500, thinkingLabel: "Pro thinking" }
  },
  "stale-draft": {
    about: "the composer holds a draft of last time, with a file",
    behaviour: { staleDraft: true }
  },
  "search-pill": {
    about: "web search is still chosen, as a pill inside the composer's text",
    behaviour: { searchPill: true }
  },
  "project-threads": {
    about: "every thread lies in a project, and its address says so",
    behaviour: { projectThreads: true }
  },
  "ellipsized-chips": { about: "attachment names are cut in the middle", behaviour: { chips: "ellipsized" } },
  "renamed-chips": { about: "attachments are shown as \"name (1).ext\"", behaviour: { chips: "renamed" } },
  "stem-chips": { about: "attachments are shown without extension", behaviour: { chips: "stem" } },
  "no-chips": { about: "attachments are not shown in the composer", behaviour: { chips: "none" } },
  "swallowed-click": { about: "the first click on send does nothing", behaviour: { ignoredSendClicks: 1 } },
  "read-aloud": { about: "the finished turn is read aloud and has a stop button", behaviour: { readAloud: true } },
  "truncating-composer": { about: "the composer keeps 50,000 characters", behaviour: { composerLimit: 50_000 } }
}
