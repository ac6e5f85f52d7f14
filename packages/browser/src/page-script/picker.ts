/** Reads the model picker in whatever layout it stands: pill, chips, menus, dialog, slider. */
import { all, enabled, first, fold, joined, nameOf, textOf, twinOf, visible, within } from "./dom.ts"
import type { PickerRow, PickerView } from "./protocol.ts"
import { composerRoot, sidebars } from "./regions.ts"
import type { PageSite } from "./site.ts"
import { scanning } from "./turns.ts"
import { says } from "./words.ts"

const on = (element: Element): boolean =>
  ["aria-checked", "aria-selected", "aria-current", "aria-pressed"].some((name) =>
    element.getAttribute(name) === "true"
  )
  || ["checked", "selected", "on"].includes(element.getAttribute("data-state") ?? "")
  || element.getAttribute("data-selected") === "true"

const outside = (site: PageSite, element: Element, bars: ReadonlyArray<Element>): boolean =>
  visible(element) && !within(element, site.selectors.turn) && !bars.some((bar) => bar.contains(element))

/** The control that opens the picker; found anew each time, because the page replaces it. */
export const modelTrigger = (site: PageSite): Element | null => {
  const bars = sidebars(site)
  const fits = (element: Element) =>
    outside(site, element, bars) && !isChip(site, element) && !within(element, site.selectors.modelMenu)
  const known = first(document, site.selectors.modelTrigger, fits)
  if (known !== null) return known
  const root = composerRoot(site)
  const named = (element: Element) =>
    fits(element) && !element.matches("[type=submit]")
    && (says(nameOf(element, 60), site.labels.modelTrigger) || says(textOf(element, 60), site.labels.modelTrigger))
  return (root === null ? null : first(root, ["button", "[role=button]", "[role=combobox]"], named))
    ?? first(document, [
      "header button",
      "main button[aria-haspopup]",
      "button[aria-haspopup=menu]",
      "button[aria-haspopup=listbox]"
    ], named)
}

const isChip = (site: PageSite, element: Element): boolean =>
  says(element.getAttribute("aria-label") ?? "", site.labels.removeChip)

const menuButtons = ["button[aria-haspopup]", "[role=button][aria-haspopup]", "[role=combobox]"]

/** A control of the composer or the header for the effort alone, where another one chooses the model. */
export const effortTrigger = (site: PageSite): Element | null => {
  const model = modelTrigger(site)
  if (model === null) return null
  const bars = sidebars(site)
  const root = composerRoot(site)
  const fits = (element: Element) =>
    element !== model && outside(site, element, bars) && !within(element, site.selectors.modelMenu) &&
    !within(element, site.selectors.dialog) && says(nameOf(element, 60), site.labels.effortTrigger)
  return (root === null ? null : first(root, menuButtons, fits)) ?? first(document, [
    "header button[aria-haspopup]",
    "header [role=combobox]"
  ], fits)
}

/** What a chip stands for, without the words that offer to remove it. */
const chipName = (site: PageSite, element: Element): string =>
  site.labels.removeChip.reduce((name, words) => name.replace(new RegExp(words, "iu"), ""), nameOf(element, 60))

const described = (element: Element): string => {
  const ids = element.getAttribute("aria-describedby")
  if (ids === null) return ""
  return fold(ids.split(/\s+/).map((id) => document.querySelector(`#${CSS.escape(id)}`)?.textContent ?? "").join(" "))
    .slice(0, 200)
}

const kindOf = (site: PageSite, element: Element): PickerRow["kind"] => {
  const role = element.getAttribute("role")
  if (role === "combobox") return "combobox"
  if (role === "switch") return "switch"
  if (role === "option" || role === "radio") return "option"
  return says(nameOf(element, 30), site.labels.modelClose) || element.getAttribute("data-testid") === "close-button"
    ? "close"
    : "row"
}

const menusOf = (site: PageSite, bars: ReadonlyArray<Element>): ReadonlyArray<Element> =>
  all(document, site.selectors.modelMenu).filter((element) => outside(site, element, bars))

const rowElements = (site: PageSite): ReadonlyArray<{ readonly element: Element; readonly dialog: boolean }> => {
  const bars = sidebars(site)
  const menus = menusOf(site, bars)
  const sheets = all(document, site.selectors.modelDialog).filter((element) => outside(site, element, bars))
  const rows = joined(site.selectors.modelRow)
  const collect = (roots: ReadonlyArray<Element>, dialog: boolean) =>
    [...new Set(roots.flatMap((root) => Array.from(root.querySelectorAll(rows))))]
      .filter((element) => visible(element) && element.querySelector("[role=slider]") === null)
      .map((element) => ({ element, dialog }))
  const fromMenus = collect(menus, false)
  const seen = new Set(fromMenus.map(({ element }) => element))
  return [...fromMenus, ...collect(sheets, true).filter(({ element }) => !seen.has(element))]
}

const slider = (site: PageSite): Element | null => {
  const bars = sidebars(site)
  return first(
    document,
    site.selectors.modelSlider,
    (element) => outside(site, element.closest("[role=menuitem]") ?? element, bars)
  )
}

/** The element that takes the arrow keys of the slider. */
export const modelSlider = (site: PageSite): Element | null => {
  const element = slider(site)
  return element?.closest("[role=menuitem]") ?? element
}

const valueOf = (element: Element, name: string, fallback: number): number => {
  const value = Number(
    element.getAttribute(name) ?? element.getAttribute(name.replace("aria-value", "")) ?? ""
  )
  return Number.isFinite(value) ? value : fallback
}

const sliderView = (site: PageSite): PickerView["slider"] => {
  const element = slider(site)
  if (element === null) return null
  const owner = element.closest("[role=menuitem]") ?? element
  const now = element.getAttribute("aria-valuenow") ?? (element instanceof HTMLInputElement ? element.value : "")
  return {
    min: valueOf(element, "aria-valuemin", 0),
    max: valueOf(element, "aria-valuemax", 0),
    now: now === "" ? -1 : Number(now),
    text: fold(`${element.getAttribute("aria-valuetext") ?? ""} ${described(owner)} ${described(element)}`).slice(
      0,
      200
    ),
    disabled: !enabled(owner)
  }
}

/** Name without what a tooltip or a control of its own inside the row adds. */
const rowName = (element: Element): string => {
  const inner = "[role=tooltip],button,[role=button]"
  if (element.querySelector(inner) === null) return nameOf(element, 120)
  const copy = twinOf(element)
  for (const part of copy.querySelectorAll(inner)) part.remove()
  const name = nameOf(copy, 120)
  return name === "" ? nameOf(element, 120) : name
}

/** Text of the first element in the row that has any. */
const titleOf = (element: Element, name: string): string => {
  if (element.hasAttribute("aria-label")) return name
  for (const child of element.children) {
    const text = textOf(child, 60)
    if (text !== "") return name.startsWith(text) ? text : name
  }
  return name
}

const descriptionOf = (element: Element, name: string): string => {
  const text = textOf(element, 160)
  const about = described(element)
  const more = text === name || text.includes(about) && about !== "" ? "" : text
  return fold(`${more} ${about}`)
}

const rowView = (site: PageSite, element: Element, index: number, dialog: boolean): PickerRow => {
  const name = rowName(element)
  return {
    index,
    name,
    title: titleOf(element, name),
    description: descriptionOf(element, name),
    testId: element.getAttribute("data-testid") ?? "",
    checked: on(element),
    disabled: !enabled(element),
    expandable: element.hasAttribute("aria-haspopup") || element.hasAttribute("aria-expanded"),
    expanded: element.getAttribute("aria-expanded") === "true",
    kind: kindOf(site, element),
    dialog
  }
}

export const picker = (site: PageSite): PickerView => scanning(site, () => pickerNow(site))

const pickerNow = (site: PageSite): PickerView => {
  const bars = sidebars(site)
  const root = composerRoot(site)
  const trigger = modelTrigger(site)
  const effort = effortTrigger(site)
  const rows = rowElements(site)
  const names = trigger === null
    ? []
    : [...new Set([nameOf(trigger, 80), textOf(trigger, 80)])].filter((name) => name !== "")
  return {
    trigger: trigger === null ? null : names.join(" "),
    triggerNames: names,
    effort: effort === null ? null : textOf(effort, 60),
    open: rows.length > 0 || slider(site) !== null,
    chips: root === null ? [] : all(root, site.selectors.modelChip).filter((element) => outside(site, element, bars))
      .map((element) => chipName(site, element)),
    rows: rows.map(({ dialog, element }, index) => rowView(site, element, index, dialog)),
    slider: sliderView(site)
  }
}

/** The row at this place, if it still carries this name. */
export const pickerRow = (site: PageSite, index: number, name: string): Element | null => {
  const row = rowElements(site)[index]?.element
  return row !== undefined && rowName(row) === name ? row : null
}
