/** What notices and bare pages of ChatGPT say, by what they are about; regular expressions without regard to case. */
import type { SiteDefinition } from "../Site.ts"

export const topics: SiteDefinition["topics"] = {
  challenge: [
    "verify(ing)? (that )?you are (a )?human",
    "checking your browser",
    "needs to review the security of your connection",
    "unusual activity (has been )?detected",
    "complete the (security|captcha) (check|challenge)"
  ],
  challenge_title: ["^just a moment", "^attention required\\b.*cloudflare"],
  account_block: ["suspicious activity.{0,200}(secure your account|regain access)"],
  rate_limit: [
    "too many requests",
    "requests too quickly",
    "temporarily limited (your )?access",
    "rate limit(ed| exceeded| reached)"
  ],
  usage_limit: [
    "\\b(reached|hit|exceeded|used (up )?all)\\b[^.!?]{0,60}\\b(limit|quota|messages|uploads)\\b",
    "\\blimit resets\\b",
    "\\busage limit\\b",
    "\\byou're out of\\b"
  ],
  outage: [
    "something went wrong",
    "network error",
    "error occurred while connecting",
    "service (is )?(temporarily )?unavailable",
    "bad gateway",
    "internal server error",
    "we're experiencing",
    "at capacity right now",
    "temporarily unavailable",
    "try again later"
  ],
  cookies_too_large: ["request header or cookie too large", "http error 431"],
  session_expired: ["session (has |is )?expired", "(please )?(log|sign) ?in again"],
  not_found: [
    "unable to load",
    "can.?t load",
    "could not load",
    "conversation not found",
    "no longer available",
    "does not exist"
  ]
}
