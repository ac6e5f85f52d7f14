/** Which parts of the site definition this page has, and by which alternative each is found. */
import { accountControl } from "./account.ts"
import { all, nameOf, visible } from "./dom.ts"
import { selectorNames } from "./names.ts"
import { modelTrigger } from "./picker.ts"
import type { PartSurvey } from "./protocol.ts"
import { attachButton, composerInput, composerRoot, fileInputs, sendButton } from "./regions.ts"
import type { PageSite } from "./site.ts"
import { scanning } from "./turns.ts"

/** How the driver itself finds a part, where it knows more than selectors. */
const finders: Partial<Record<PartSurvey["part"], (site: PageSite) => Element | null>> = {
  composerInput,
  composerRoot,
  sendButton,
  attachButton,
  fileInput: (site) => fileInputs(site)[0] ?? null,
  accountControl,
  modelTrigger
}

const openMenu = (site: PageSite): Element | null =>
  all(document, [...site.selectors.modelMenu, ...site.selectors.modelDialog]).find(visible) ?? null

/** Where the driver looks for parts whose selectors match much else on a page. */
const places: Partial<Record<PartSurvey["part"], (site: PageSite) => Element | null>> = {
  attachment: composerRoot,
  attachmentRemove: composerRoot,
  attachmentBusy: composerRoot,
  modelRow: openMenu
}

const shownOf = (site: PageSite, selector: string, part: PartSurvey["part"]): ReadonlyArray<Element> => {
  const place = places[part]
  const root = place === undefined ? document : place(site)
  if (root === null) return []
  return all(root, [selector]).filter((element) =>
    part === "fileInput" || part === "challengeScript" || visible(element)
  )
}

const surveyPart = (site: PageSite, part: PartSurvey["part"]): PartSurvey => {
  const alternatives = site.selectors[part]
  const finder = finders[part]
  const element = finder?.(site) ?? null
  const index = alternatives.findIndex((selector) =>
    finder === undefined ? shownOf(site, selector, part).length > 0 : element?.matches(selector) === true
  )
  const found = finder === undefined ? index !== -1 : element !== null
  const selector = alternatives[index] ?? null
  const shown = element ?? (selector === null ? undefined : shownOf(site, selector, part)[0])
  return {
    part,
    found,
    alternative: index === -1 ? null : index + 1,
    alternatives: alternatives.length,
    selector,
    name: shown === undefined || part === "historyLink" || part === "sidebar" ? "" : nameOf(shown, 60),
    count: selector === null ? (found ? 1 : 0) : shownOf(site, selector, part).length
  }
}

/** Names of conversations are left out: a survey is shown to others. */
export const survey = (site: PageSite): ReadonlyArray<PartSurvey> =>
  scanning(site, () => selectorNames.map((part) => surveyPart(site, part)))
