/** Scenarios in which the site, the session or the network is in trouble. */
import { ALWAYS } from "../Behaviour.ts"
import type { Scenarios } from "../Scenario.ts"

export const trouble: Scenarios = {
  outage: { about: "the shell loads, every backend request fails with 503", behaviour: { outage: "api" } },
  "outage-document": { about: "every page is a bare 503", behaviour: { outage: "document" } },
  "outage-brief": { about: "the first two pages are a bare 503", behaviour: { outage: "document", outageRequests: 2 } },
  "cookies-too-large": {
    about: "every page is refused, as the cookies are too large",
    behaviour: { outage: "cookies" }
  },
  challenge: { about: "an interstitial until its box is ticked", behaviour: { challenge: true } },
  logout: { about: "every session ends now", behaviour: { revokeSessions: "now" } },
  "logout-after-send": { about: "every session ends after the next send", behaviour: { revokeSessions: "after-send" } },
  "account-chooser": {
    about: "a chooser of known accounts stands before the session",
    behaviour: { accountChooser: true }
  },
  "account-blocked": { about: "the account is locked for its safety", behaviour: { accountBlocked: true } },
  "anonymous-me": { about: "the identity endpoint answers as to a visitor", behaviour: { anonymousMe: true } },
  "rotating-session": {
    about: "the session cookie is renewed at each session request",
    behaviour: { rotation: "lenient" }
  },
  "strict-session": { about: "renewed, and the former cookie is dead at once", behaviour: { rotation: "strict" } },
  "rate-limit": { about: "\"Too many requests\" on load", behaviour: { rateLimit: "load" } },
  "rate-limit-on-upload": {
    about: "the upload is refused with \"Too many requests\"",
    behaviour: { rateLimit: "upload" }
  },
  "rate-limit-on-send": { about: "the send is refused with \"Too many requests\"", behaviour: { rateLimit: "send" } },
  "rate-limit-after-send": {
    about: "\"Too many requests\" while the answer is made",
    behaviour: { rateLimit: "answer" }
  },
  "usage-limit": { about: "the plan's limit is reached", behaviour: { usageLimit: true } },
  "send-refused": { about: "the send fails with 500, the draft comes back", behaviour: { refusedSends: ALWAYS } },
  "send-refused-once": { about: "the first send fails with 500", behaviour: { refusedSends: 1 } },
  "send-uncertain": {
    about: "the first send is kept although the page is told that it failed",
    behaviour: { refusedSends: 1, keepsRefused: true }
  },
  "prompt-too-long": { about: "more than 2,000 characters are refused", behaviour: { maxPromptCharacters: 2_000 } },
  "upload-failure": { about: "every upload fails", behaviour: { uploadFailures: ALWAYS } },
  "upload-failure-once": { about: "the first upload fails", behaviour: { uploadFailures: 1 } },
  "processing-failure": {
    about: "the upload arrives but cannot be processed",
    behaviour: { processingFailures: ALWAYS }
  },
  "upload-too-large": { about: "files over 1 MB are refused", behaviour: { maxUploadBytes: 1_000_000 } }
}
