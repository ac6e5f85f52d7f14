/** The menu of the open conversation, and what the back end says of a conversation. */
import { all, buttons, enabled, first, nameOf, visible, within } from "./dom.ts"
import { bearer, getJson } from "./login.ts"
import { dialogs, sidebars } from "./regions.ts"
import type { PageSite } from "./site.ts"
import { says } from "./words.ts"

/** The control that opens the menu of the conversation that is shown; never one of a turn or of the history. */
export const conversationMenu = (site: PageSite): Element | null => {
  const bars = sidebars(site)
  const fits = (element: Element) =>
    visible(element) && enabled(element) && !within(element, site.selectors.turn) &&
    !within(element, site.selectors.dialog) && !bars.some((bar) => bar.contains(element))
  return first(document, site.selectors.conversationMenu, fits)
    ?? first(
      document,
      [`header :is(${buttons})`, `main :is(${buttons})`],
      (element) =>
        fits(element) && element.getAttribute("aria-haspopup") === "menu" &&
        says(nameOf(element, 60), site.labels.conversationMenu)
    )
}

/** The row of an open menu that deletes the conversation. */
export const deleteItem = (site: PageSite): Element | null =>
  first(document, site.selectors.deleteItem, (element) => visible(element) && enabled(element))
    ?? first(
      document,
      ["[role=menu] [role=menuitem]"],
      (element) => visible(element) && enabled(element) && says(nameOf(element, 60), site.labels.deleteConversation)
    )

/** The button that confirms it, in a dialog that asks just that. */
export const deleteConfirm = (site: PageSite): Element | null => {
  for (const dialog of dialogs(site).toReversed()) {
    const known = first(dialog, site.selectors.deleteConfirm, (element) => visible(element) && enabled(element))
    if (known !== null) return known
    const asked = all(dialog, ["h1,h2,h3"]).some((heading) => says(nameOf(heading, 80), site.labels.deleteConversation))
    const button = all(dialog, [buttons]).find((element) =>
      visible(element) && enabled(element) && says(nameOf(element, 60), site.labels.deleteConversation)
    )
    if (asked && button !== undefined) return button
  }
  return null
}

/** Whether the back end has this conversation; null where it does not say. */
export const conversationExists = async (
  site: PageSite,
  conversationId: string,
  token: string | null
): Promise<boolean | null> => {
  if (site.paths.conversationApi === null) return null
  const path = site.paths.conversationApi.replace("{id}", encodeURIComponent(conversationId))
  const { status } = await getJson(path, await bearer(site, token), 15_000)
  if (status === 404) return false
  return status === 200 ? true : null
}
