/** The dropdown in the header: a row with a test id for each model, and the old ones in a submenu. */
import type { Family, ModelSelection } from "../../wire.ts"
import { h } from "../dom.ts"
import { labels } from "../labels.ts"
import type { Choice, Layout } from "./Layout.ts"
import { proRow, radioRow, submenuRow } from "./rows.ts"
import { families, withFamily } from "./selection.ts"

const words = labels.picker
const hints = ["Answers right away", "Thinks longer for better answers", "Research-grade intelligence"]

const content = (choice: Choice): ReadonlyArray<Node> => {
  const current = choice.current()
  const auto = radioRow(
    current.version === "latest" && current.autoSwitch,
    { "data-testid": "model-switcher-gpt-5-5" },
    [h("span", {}, "Auto"), hint("Decides how long to think")],
    () => choice.choose({ ...withFamily({ ...current, version: "latest" }, "Instant"), autoSwitch: true })
  )
  const legacy = submenuRow(
    { "data-testid": "legacy-models-submenu" },
    [words.legacy, h("span", { "aria-hidden": "true" }, "›")],
    () =>
      choice.openSubmenu(
        legacy,
        ["5.4", "5.2"].flatMap((version) => families.map((family) => modelRow(choice, version, family))),
        words.legacy
      )
  )
  return [
    h("div", { class: "secondary" }, "GPT-5.5"),
    auto,
    ...families.map((family) => modelRow(choice, "latest", family)),
    legacy
  ]
}

const modelRow = (choice: Choice, version: string, family: Family): HTMLElement => {
  const current = choice.current()
  const number = version === "latest" ? "5.5" : version
  const row = radioRow(
    current.version === version && current.family === family && !current.autoSwitch,
    { "data-testid": `model-switcher-gpt-${number.replace(".", "-")}-${family.toLowerCase()}` },
    [
      h("span", {}, version === "latest" ? family : `GPT-${number} ${family}`),
      hint(hints[families.indexOf(family)] ?? "")
    ],
    () => choice.choose(withFamily({ ...current, version }, family))
  )
  return family === "Pro" ? proRow(row) : row
}

const hint = (text: string): HTMLElement => h("span", { class: "secondary" }, text)

const shown = ({ autoSwitch, family, version }: ModelSelection): string =>
  `${version === "latest" ? "5.5" : version}${autoSwitch ? "" : ` ${family}`}`

export const header: Layout = {
  place: "header",
  latest: "5.5",
  menuLabel: words.model,
  trigger: (selection) =>
    h("button", {
      type: "button",
      "data-testid": "model-switcher-dropdown-button",
      "aria-label": `Model selector, current model is ${shown(selection)}`,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-state": "closed"
    }, `ChatGPT ${shown(selection)}`),
  content
}
