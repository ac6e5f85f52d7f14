/** The "Intelligence" menu: five levels and a submenu for the effort of Pro. */
import { h } from "../dom.ts"
import { labels } from "../labels.ts"
import type { Choice, Layout } from "./Layout.ts"
import { effortWord, pill, proRow, radioRow, submenuRow, tierWord } from "./rows.ts"
import { effortsOf, tiers, withEffort, withTier } from "./selection.ts"

const words = labels.picker

const hints = ["5.5", "5–30s", "15–60s", "1–3 min", "5+ min"]

const content = (choice: Choice): ReadonlyArray<Node> => {
  const current = choice.current()
  const rows = tiers.map((tier, index) => {
    const row = radioRow(tier === current.tier, {}, [
      h("span", {}, tierWord(tier)),
      h("span", { class: "secondary" }, hints[index] ?? "")
    ], () => choice.choose(withTier(current, tier)))
    return tier === "Pro" ? proRow(row) : row
  })
  const efforts = submenuRow(
    {
      "aria-label": "Pro effort options",
      "data-testid": "composer-intelligence-pro-thinking-effort-trigger",
      "data-composer-intelligence-pro-effort-action": "true"
    },
    [
      h("span", {}, `Pro ${effortWord(current.family === "Pro" ? current.effort : "standard")}`),
      h("span", { "aria-hidden": "true" }, "›")
    ],
    () =>
      choice.openSubmenu(
        efforts,
        effortsOf("Pro").map((effort) =>
          radioRow(
            current.family === "Pro" && effort === current.effort,
            {},
            [`Pro ${effortWord(effort)}`],
            () => choice.choose(withEffort(current, "Pro", effort))
          )
        ),
        "Pro effort"
      )
  )
  return [
    h(
      "div",
      { role: "group", "aria-label": words.intelligence, "data-testid": "composer-intelligence-picker-content" },
      h("div", { class: "secondary", role: "heading", "aria-level": 3 }, words.intelligence),
      ...rows,
      proRow(efforts)
    )
  ]
}

export const intelligence: Layout = {
  place: "composer",
  latest: "5.5",
  menuLabel: words.intelligence,
  trigger: (selection) => pill(tierWord(selection.tier)),
  content
}
