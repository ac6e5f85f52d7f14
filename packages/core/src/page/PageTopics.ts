/** What a text of a page may be about. Without imports: the script that runs inside the page uses it too. */

export const pageTopics = [
  "challenge",
  "challenge_title",
  "account_block",
  "rate_limit",
  "usage_limit",
  "outage",
  "cookies_too_large",
  "session_expired",
  "not_found"
] as const
