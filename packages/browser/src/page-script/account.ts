/** The control that only a signed-in page has. */
import { first, nameOf, visible, within } from "./dom.ts"
import type { PageSite } from "./site.ts"
import { says } from "./words.ts"

export const accountControl = (site: PageSite): Element | null => {
  const allowed = (element: Element) =>
    visible(element) && !within(element, site.selectors.turn) && !within(element, site.selectors.historyLink)
  return first(document, site.selectors.accountControl, allowed)
    ?? first(
      document,
      ["button", "[role=button]", "summary"],
      (element) =>
        element.hasAttribute("aria-label") && says(nameOf(element, 80), site.labels.account) && allowed(element)
    )
}
