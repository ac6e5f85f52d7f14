/** Scenarios of trouble: which end a job before anything was sent, and which are waited for. */
import type { Expectations } from "../Expectation.ts"

const quickly = { readyTimeoutMs: 6000 }

export const trouble: Expectations = {
  outage: { outcome: "fails when the limit for a ready page is over", fails: "outage", worker: quickly },
  "outage-document": { outcome: "fails when the limit for a ready page is over", fails: "outage", worker: quickly },
  "outage-brief": { outcome: "completes after reloading with pauses" },
  "cookies-too-large": { outcome: "fails before the send, naming the sign-in", fails: "login_required" },
  challenge: {
    outcome: "fails before the send; nothing is ticked",
    fails: "challenge_blocking",
    events: { "challenge-solved": 0 }
  },
  logout: { outcome: "fails before the send", fails: "login_required" },
  "logout-after-send": {
    outcome: "waits for the sign-in, then completes from the thread",
    blocked: "login"
  },
  "account-chooser": {
    outcome: "fails before the send; no account is chosen",
    fails: "login_required",
    events: { "account-chosen": 0 }
  },
  "account-blocked": { outcome: "fails before the send", fails: "challenge_blocking" },
  "anonymous-me": { outcome: "completes; the page proves the sign-in" },
  "rotating-session": { outcome: "completes; the renewed session is used on" },
  "strict-session": { outcome: "completes; the renewed session is used on" },
  "rate-limit": { outcome: "waits with back-off, then completes", blocked: "rate_limit" },
  "rate-limit-on-upload": {
    outcome: "waits with back-off, then completes; the failed upload is told by its cause",
    blocked: "rate_limit"
  },
  "rate-limit-on-send": {
    outcome: "is refused, waits with back-off, then completes with the only accepted send",
    blocked: "rate_limit"
  },
  "rate-limit-after-send": {
    outcome: "waits with back-off, then completes from the thread",
    blocked: "rate_limit",
    behaviour: { thinkingMs: 3000 }
  },
  "usage-limit": { outcome: "waits with back-off, then completes", blocked: "rate_limit" },
  "send-refused": {
    outcome: "fails after two observed refusals",
    fails: "send_refused",
    events: { "send-refused": 2 }
  },
  "send-refused-once": {
    outcome: "completes; only the observed refusal is followed by a second send",
    events: { "send-refused": 1 }
  },
  "send-uncertain": { outcome: "completes; the prompt that the page calls failed is found in its thread" },
  "prompt-too-long": {
    outcome: "fails after the observed refusal",
    prompt: "y".repeat(2500),
    fails: "send_refused"
  },
  "upload-failure": { outcome: "fails before the send", fails: "upload_failed" },
  "upload-failure-once": { outcome: "completes; the upload is tried once more, one file is sent" },
  "processing-failure": { outcome: "fails before the send", fails: "upload_failed" },
  "upload-too-large": {
    outcome: "fails before the send",
    behaviour: { maxUploadBytes: 50 },
    fails: "upload_failed"
  }
}
