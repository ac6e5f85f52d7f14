/** Finds the one control that closes what lies over a ready page. */
import { all, buttons, enabled, nameOf, textOf, visible, within } from "./dom.ts"
import { dialogs, isPanel, sidebars } from "./regions.ts"
import type { PageSite } from "./site.ts"
import { says } from "./words.ts"

const closers = (site: PageSite, root: Element): ReadonlyArray<Element> => {
  const controls = all(root, [buttons]).filter((element) => visible(element) && enabled(element))
  const allowed = controls.filter((element) => !says(nameOf(element, 80), site.labels.neverPress))
  const rank = (element: Element) => site.labels.dismiss.findIndex((word) => says(nameOf(element, 80), [word]))
  return allowed.filter((element) => rank(element) !== -1).toSorted((a, b) => rank(a) - rank(b))
}

/** Null when nothing lies over the page, or nothing that may be closed without making a choice. */
export const overlayControl = (site: PageSite): Element | null => {
  const bars = sidebars(site)
  const banners = all(document, site.selectors.banner).filter((element) =>
    visible(element) && !within(element, site.selectors.turn) && !bars.some((bar) => bar.contains(element)) &&
    textOf(element, 20) !== ""
  )
  for (const root of [...dialogs(site).filter((dialog) => !isPanel(dialog)).toReversed(), ...banners]) {
    const [closer] = closers(site, root)
    if (closer !== undefined) return closer
  }
  return null
}
