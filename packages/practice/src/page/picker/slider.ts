/** The level as a slider named "Power", moved by arrow keys; alone, or above the advanced choice of model and effort. */
import type { ModelSelection } from "../../wire.ts"
import { bootstrap } from "../bootstrap.ts"
import { h, set } from "../dom.ts"
import { labels } from "../labels.ts"
import { menuItem } from "../menu.ts"
import type { Choice, Layout } from "./Layout.ts"
import { numbered, pill, proRow, radioRow, submenuRow, tierWord } from "./rows.ts"
import { tiers, withTier } from "./selection.ts"

const words = labels.picker
const levels = bootstrap.page.proUnavailable ? tiers.slice(0, -1) : tiers

const power = (choice: Choice, onMove: () => void = () => undefined): HTMLElement => {
  const slider = h("span", {
    role: "slider",
    "aria-valuemin": 0,
    "aria-valuemax": levels.length - 1,
    "aria-label": words.power
  }, "●")
  const description = h("span", { id: "power-description" })
  const item = h(
    "div",
    { role: "menuitem", tabindex: 0, "aria-label": words.power, "aria-describedby": "power-description" },
    h("span", { "data-model-reasoning-effort-slider": true }, slider),
    description
  )
  const show = () => {
    const index = levels.indexOf(choice.current().tier)
    set(slider, "aria-valuenow", index)
    description.textContent = words.position
      .replace("{level}", tierWord(choice.current().tier))
      .replace("{n}", String(index + 1))
      .replace("{of}", String(levels.length))
  }
  item.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0
    const tier = levels[levels.indexOf(choice.current().tier) + step]
    if (!event.isTrusted || step === 0) return
    event.preventDefault()
    if (tier === undefined || bootstrap.page.sliderStuck) return
    choice.adjust(withTier(choice.current(), tier))
    show()
    onMove()
  })
  show()
  return item
}

const simpleView = (item: HTMLElement): HTMLElement =>
  h(
    "div",
    {
      "data-model-selection-view": "true",
      "data-testid": "composer-model-picker-slider-simple-view",
      "data-active": "true"
    },
    item
  )

const unifiedContent = (choice: Choice): ReadonlyArray<Node> => {
  const view = h("div", { "data-testid": "composer-model-picker-slider-advanced-view", hidden: true })
  const paint = () => view.replaceChildren(...openers(choice))
  const toggle = menuItem(
    { "aria-label": words.showAdvanced, "aria-expanded": "false" },
    [words.advanced, h("span", { "aria-hidden": "true" }, "›")],
    () => {
      view.hidden = !view.hidden
      set(toggle, "aria-expanded", String(!view.hidden))
    }
  )
  paint()
  return [simpleView(power(choice, paint)), toggle, view]
}

const versionWord = (name: string): string => name === "latest" ? words.latest : `GPT-${name}`

const versionOpener = (choice: Choice, ...content: ReadonlyArray<Node | string>): HTMLElement => {
  const current = choice.current()
  const row = submenuRow({}, content, () =>
    choice.openSubmenu(
      row,
      ["latest", "5.6 Sol", "5.5"].map((name) =>
        radioRow(name === current.version, {}, [versionWord(name)], () =>
          choice.choose({ ...choice.current(), version: name }))
      ),
      words.model
    ))
  return row
}

/** Two rows whose name and value run together without a space. */
const openers = (choice: Choice): ReadonlyArray<Node> => {
  const current = choice.current()
  const model = versionOpener(choice, h("span", {}, words.model), h("span", {}, versionWord(current.version)))
  const effort = submenuRow(
    {},
    [h("span", {}, words.effort), h("span", {}, tierWord(current.tier))],
    () =>
      choice.openSubmenu(
        effort,
        tiers.map((tier) => {
          const row = radioRow(
            tier === current.tier,
            {},
            [tierWord(tier)],
            () => choice.choose(withTier(current, tier))
          )
          return tier === "Pro" ? proRow(row) : row
        }),
        words.effort
      )
  )
  return [model, effort]
}

/** Only Pro has the number of the model before it. */
const numberedPro = (selection: ModelSelection): string =>
  selection.tier === "Pro" ? numbered(selection, "6") : tierWord(selection.tier)

export const unified: Layout = {
  place: "composer",
  latest: "6",
  menuLabel: words.intelligence,
  trigger: (selection) => pill(numbered(selection, "6")),
  content: unifiedContent
}

export const slider: Layout = {
  place: "composer",
  latest: "6",
  menuLabel: words.intelligence,
  trigger: (selection) => pill(numberedPro(selection)),
  content: (choice) => [simpleView(power(choice))]
}

/** The slider comes a moment after its menu. */
export const powerMenu: Layout = {
  ...slider,
  menuLabel: "Thinking effort",
  trigger: (selection) => pill(numberedPro(selection), { "aria-label": "Thinking effort" }),
  content: (choice) => {
    const place = h("div", { class: "power" })
    setTimeout(() => place.replaceChildren(power(choice)), 600)
    return [versionOpener(choice, "Select model"), place]
  }
}
