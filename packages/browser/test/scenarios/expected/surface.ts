/** Scenarios of another look: other labels, things in front, other chips, a composer that resists. */
import type { Expectations } from "../Expectation.ts"

const attached = "completes; the upload is proven, sent once"

export const surface: Expectations = {
  drift: { outcome: "completes by roles and places alone", preset: "pro_extended", selection: { family: "Pro" } },
  announcement: { outcome: "completes; the dialog is closed" },
  "consent-banner": { outcome: "completes; the banner is declined, never accepted", events: { consent: 1 } },
  "work-mode": { outcome: "completes in Chat mode", events: { mode: 0 } },
  "paste-becomes-file": {
    outcome: "completes; the prompt arrives as text, not as a pasted file",
    prompt: `a long prompt\n${"0123456789 $& äß 😀\n".repeat(600)}end`
  },
  "feedback-dialog": { outcome: "completes; the dialog is left unanswered" },
  "thinking-panel": { outcome: "completes; the panel is neither the answer nor an overlay to close" },
  "stale-draft": { outcome: "completes; the old draft and its file are taken away, not sent" },
  "search-pill": { outcome: "completes; the pill is no part of the prompt" },
  "project-threads": { outcome: "completes a follow-up in a thread of a project", followsNewest: true },
  "ellipsized-chips": { outcome: attached },
  "renamed-chips": { outcome: attached },
  "stem-chips": { outcome: attached },
  "no-chips": { outcome: attached },
  "swallowed-click": { outcome: "completes; the click is repeated, the prompt is sent once" },
  "read-aloud": { outcome: "completes; the stop button of the voice is not that of the answer", events: { stop: 0 } },
  "truncating-composer": {
    outcome: "fails before the send, as the prompt would not arrive whole",
    prompt: "x".repeat(60_000),
    fails: "prompt_not_faithful"
  }
}
