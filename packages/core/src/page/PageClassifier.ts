/** Maps an observation of a page to its state. Pure; words of conversation and sidebar are not even among its inputs. */
import type { Overlay, PageObservation, PageTopic } from "./PageObservation.ts"
import type { PageState, PageStateName } from "./PageState.ts"

const emptyShellChars = 600
const settleMs = 3000

const found = (name: PageStateName, ...evidence: ReadonlyArray<string>): PageState => ({ name, evidence })

/** A page that has no chat interface: an interstitial, an error page, a sign-in page. */
const bare = (page: PageObservation): boolean => !page.composer.present && !page.sidebar.present && page.turns === 0

const overlaid = (page: PageObservation, topic: PageTopic): Overlay | undefined =>
  page.overlays.find((overlay) => overlay.topics.includes(topic))

/** A page without a chat interface that speaks of this. */
const plain = (page: PageObservation, topic: PageTopic): boolean => bare(page) && page.plainTopics.includes(topic)

const challenge = (page: PageObservation): PageState | undefined => {
  const [element] = page.challenge.elements
  if (element !== undefined) return found("challenge_blocking", `challenge element ${element}`)
  if (bare(page) && page.titleTopics.includes("challenge_title")) {
    return found("challenge_blocking", "title of a challenge page")
  }
  if (plain(page, "challenge")) return found("challenge_blocking", "text of a challenge page")
  const overlay = overlaid(page, "challenge") ?? overlaid(page, "account_block")
  if (overlay !== undefined) return found("challenge_blocking", `${overlay.kind} asks for a check of the person`)
  if (plain(page, "account_block")) {
    return found("challenge_blocking", "the account is locked until its owner secures it")
  }
  if (bare(page) && page.challenge.script && page.bodyChars < emptyShellChars && page.httpStatus === 403) {
    return found("challenge_blocking", "challenge script on an empty page with status 403")
  }
  return undefined
}

const limits = (page: PageObservation): PageState | undefined => {
  if (bare(page) && page.httpStatus === 429) return found("rate_limited", "page answered 429")
  const rate = overlaid(page, "rate_limit")
  if (rate !== undefined) return found("rate_limited", `${rate.kind} about too many requests`)
  if (plain(page, "rate_limit")) return found("rate_limited", "page about too many requests")
  const usage = overlaid(page, "usage_limit")
  if (usage !== undefined) return found("usage_limit_reached", `${usage.kind} about a used-up limit`)
  return undefined
}

const outage = (page: PageObservation): PageState | undefined => {
  if (page.url.startsWith("chrome-error:")) return found("transient_outage_error", "the site could not be reached")
  if (bare(page) && page.httpStatus >= 500) return found("transient_outage_error", `page answered ${page.httpStatus}`)
  if (plain(page, "outage") && !page.authUrl && page.ownOrigin) {
    return found("transient_outage_error", "text of an error page")
  }
  const error = page.overlays.find((overlay) => blocks(page, overlay) && overlay.topics.includes("outage"))
  return error === undefined ? undefined : found("transient_outage_error", `${error.kind} about an error of the site`)
}

/** A toast beside a working composer passes; a dialog does not, nor an alert in place of a conversation. */
const blocks = (page: PageObservation, overlay: Overlay): boolean =>
  overlay.kind === "dialog" || !page.composer.enabled || (overlay.kind === "alert" && page.turns === 0)

const elsewhere = (page: PageObservation): PageState | undefined => {
  const expired = page.overlays.find((overlay) =>
    overlay.kind === "dialog" && overlay.topics.includes("session_expired")
  )
  if (expired !== undefined) return found("login_required", "dialog about an expired session")
  if (page.httpStatus === 431 || plain(page, "cookies_too_large")) {
    return found("login_required", "the site refuses the cookies as too large")
  }
  if (page.authUrl) {
    return page.login.identified || page.readyState === "loading"
      ? found("auth_transitioning", "sign-in page, identity known or page loading")
      : found("login_required", "sign-in page")
  }
  if (!page.ownOrigin && /^https?:/.test(page.url)) return found("login_required", "page of a foreign origin")
  return undefined
}

const withComposer = (page: PageObservation): PageState => {
  const account = page.accountControls[0]
  const login = page.loginControls[0]
  if (login !== undefined) {
    if (!page.login.identified) return found("login_required", `sign-in control "${login}"`, probeOf(page))
    return account === undefined
      ? found("auth_transitioning", `sign-in control "${login}" beside a known identity`)
      : found("authenticated_and_ready", "composer", `account control "${account}"`, "identity")
  }
  if (page.login.identified) return found("authenticated_and_ready", "composer", "identity")
  if (account !== undefined) {
    return found("authenticated_and_ready", "composer", `account control "${account}"`, probeOf(page))
  }
  return page.ageMs < settleMs
    ? found("auth_transitioning", "composer, but neither identity nor account control yet")
    : found("authenticated_and_ready", "composer without sign-in control", probeOf(page))
}

const probeOf = (page: PageObservation): string =>
  page.login.anonymous ? "anonymous visitor" : `identity probe answered ${page.login.status}`

const shell = (page: PageObservation): PageState => {
  if (page.composer.present && page.composer.enabled) return withComposer(page)
  if (page.loginControls.length > 0 && !page.login.identified && page.readyState === "complete") {
    return found("login_required", `sign-in control "${page.loginControls[0]}"`, probeOf(page))
  }
  if (page.composer.present) return found("unknown", "composer is disabled")
  if (bare(page) && page.login.asked && page.login.anonymous && page.ageMs >= settleMs) {
    return found("login_required", "no composer", "anonymous visitor")
  }
  return found("unknown", "no composer", ...(page.challenge.script ? ["challenge script"] : []), probeOf(page))
}

/** The state of the page with the evidence that decided. The first rule that matches wins; the order is the contract. */
export const classify = (page: PageObservation): PageState =>
  challenge(page) ?? limits(page) ?? elsewhere(page) ?? outage(page) ?? shell(page)
