/** The banner about cookies: it lies over the composer until somebody decides, and then never comes back. */
import * as api from "./api.ts"
import { bootstrap } from "./bootstrap.ts"
import { button, h } from "./dom.ts"

const decided = (): boolean => document.cookie.includes("oai-allow-ne=")

export const showConsentBanner = (): void => {
  if (!bootstrap.page.consentBanner || decided()) return
  const decide = (allow: boolean) => () => {
    document.cookie = `oai-allow-ne=${String(allow)}; path=/; max-age=31536000`
    api.note({ kind: "consent", allow })
    banner.remove()
  }
  const banner = h(
    "div",
    { class: "consent", role: "region", "aria-label": "Cookie consent", "data-testid": "cookie-banner" },
    h("p", {}, "We use cookies to help this site function, understand service usage, and support marketing efforts."),
    button({ class: "btn" }, "Manage Cookies", () => undefined),
    button({ class: "btn" }, "Reject non-essential", decide(false)),
    button({ class: "btn btn-primary" }, "Accept all", decide(true))
  )
  document.body.append(banner)
}
