/** The menu with "Configure...", and the two forms of its closed state: a pill with a chip beside it, or the chip alone. */
import { button, h } from "../dom.ts"
import { labels } from "../labels.ts"
import { menuItem } from "../menu.ts"
import { openConfigure } from "./configureDialog.ts"
import { familyRow } from "./familyMenus.ts"
import type { Choice, Layout } from "./Layout.ts"
import { chipWord, pill } from "./rows.ts"
import { families, withFamily } from "./selection.ts"

const words = labels.picker

const content = (latest: string) => (choice: Choice): ReadonlyArray<Node> => [
  ...families.map((family) => familyRow(choice, family)),
  menuItem({ "data-testid": "model-configure-modal" }, [words.configure], () => {
    choice.close()
    openConfigure(choice, latest)
  })
]

const removableChip = (choice: Choice): ReadonlyArray<Node> => {
  const current = choice.current()
  if (current.family === "Instant") return []
  return [
    button(
      { class: "__composer-pill", "aria-label": `${chipWord(current)}, click to remove` },
      h("span", {}, chipWord(current)),
      () => choice.choose(withFamily(current, "Instant"))
    )
  ]
}

export const configure: Layout = {
  place: "composer",
  latest: "5.6 Sol",
  menuLabel: words.model,
  trigger: (selection) => pill(selection.family),
  content: content("5.6 Sol"),
  chips: removableChip
}

export const chips: Layout = {
  place: "composer",
  latest: "5.6 Sol",
  menuLabel: words.model,
  trigger: (selection) => pill(chipWord(selection), { "aria-haspopup": null }),
  content: content(words.latest)
}
