/** Controls that no name gives away: only that they come and go says something about the work of the site. */
import { follows, outsideContent, type TurnRegions } from "./content.ts"
import { all, buttons, nameOf, visible } from "./dom.ts"
import { composerRoot } from "./regions.ts"
import type { PageSite } from "./site.ts"
import { says } from "./words.ts"

/**
 * What tells the controls of the composer apart; those that open a menu may come late and are left out. That one can be
 * pressed or not is no part of it: a page may lock all of them while it waits for its connection.
 */
export const composerKey = (site: PageSite): string => {
  const root = composerRoot(site)
  if (root === null) return ""
  return all(root, [buttons]).filter((element) => visible(element) && !element.hasAttribute("aria-haspopup"))
    .map((element) =>
      [
        element.getAttribute("data-testid") ?? element.id,
        nameOf(element, 40) || element.getAttribute("class")
      ].join(":")
    )
    .join(" ")
}

/** How many controls stand behind the last content of the answer, without those of a thinking phase. */
export const trailingControls = (site: PageSite, regions: TurnRegions): number => {
  const region = regions.regions.at(-1)
  const content = regions.contents.at(-1)
  if (region === undefined || content === undefined) return 0
  return all(region, [buttons]).filter((element) =>
    follows(element, content) && outsideContent(site, regions, element) && visible(element)
    && !says(nameOf(element, 60), [...site.labels.thought, ...site.labels.thinking])
  ).length
}
