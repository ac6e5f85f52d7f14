/** Two menus of Instant, Thinking and Pro: one with a submenu of versions, one with an effort button in each row. */
import type { Family } from "../../wire.ts"
import { h } from "../dom.ts"
import { labels } from "../labels.ts"
import { menuItem } from "../menu.ts"
import type { Choice, Layout } from "./Layout.ts"
import { effortWord, familyHint, pill, proRow, radioRow, submenuRow } from "./rows.ts"
import { effortsOf, families, withEffort, withFamily } from "./selection.ts"

const words = labels.picker

export const familyRow = (choice: Choice, family: Family, ...more: ReadonlyArray<Node>): HTMLElement => {
  const current = choice.current()
  const row = radioRow(
    family === current.family,
    {
      "data-testid": `model-switcher-gpt-5-5-${family.toLowerCase()}`,
      ...(more.length === 0 ? {} : { "data-model-picker-thinking-effort-row": "true" })
    },
    [h("span", {}, family), h("span", { class: "secondary" }, familyHint(family)), ...more],
    () => choice.choose(withFamily(current, family))
  )
  return family === "Pro" ? proRow(row) : row
}

const versions = (choice: Choice): ReadonlyArray<Node> => {
  const current = choice.current()
  const shown = current.version === "latest" ? "5.5" : current.version
  const row = submenuRow({}, [`GPT-${shown}`, h("span", { "aria-hidden": "true" }, "›")], () =>
    choice.openSubmenu(
      row,
      ["latest", "5.4", "5.3", "5.2"].map((version) =>
        radioRow(
          version === current.version,
          {},
          [`GPT-${version === "latest" ? "5.5" : version}`],
          () => choice.choose({ ...current, version })
        )
      ),
      words.model
    ))
  return [...families.map((family) => familyRow(choice, family)), row]
}

const efforts = (choice: Choice): ReadonlyArray<Node> =>
  families.map((family) =>
    effortsOf(family).length === 0 ? familyRow(choice, family) : familyRow(choice, family, effortButton(choice, family))
  )

/** Opens its own menu; the row around it is not chosen by that. */
const effortButton = (choice: Choice, family: Family): HTMLElement => {
  const current = choice.current()
  const button = h("button", {
    type: "button",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    "aria-label": `${family} ${words.effort.toLowerCase()}`,
    "data-testid": `model-switcher-gpt-5-5-${family.toLowerCase()}-thinking-effort`,
    "data-model-picker-thinking-effort-action": "true"
  }, effortWord(current.family === family ? current.effort : "standard"))
  button.addEventListener("click", (event) => {
    event.stopPropagation()
    if (!event.isTrusted || button.closest("[aria-disabled=true]") !== null) return
    choice.openSubmenu(
      button,
      effortsOf(family).map((effort) =>
        menuItem(
          {
            role: "menuitemradio",
            "aria-checked": String(current.family === family && current.effort === effort),
            "data-model-picker-thinking-effort-menu-item": "true"
          },
          [effortWord(effort)],
          () => choice.choose(withEffort(current, family, effort))
        )
      ),
      `${family} ${words.effort.toLowerCase()}`
    )
  })
  return button
}

const shared = {
  place: "composer",
  latest: "5.5",
  menuLabel: words.model,
  trigger: (selection) => pill(selection.family)
} as const satisfies Omit<Layout, "content">

export const versionSubmenu: Layout = { ...shared, content: versions }

export const rowEffort: Layout = { ...shared, content: efforts }
