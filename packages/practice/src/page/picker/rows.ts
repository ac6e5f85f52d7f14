/** Rows that several generations of the picker share, and the pill that opens them. */
import type { Effort, Family, ModelSelection, Tier } from "../../wire.ts"
import { bootstrap } from "../bootstrap.ts"
import { type Attributes, h, set } from "../dom.ts"
import { labels } from "../labels.ts"
import { menuItem } from "../menu.ts"
import { tiers } from "./selection.ts"
import { lockedUntilReset } from "./tooltip.ts"

const words = labels.picker

export const pill = (text: string, attributes: Attributes = {}): HTMLButtonElement =>
  h("button", {
    type: "button",
    class: "__composer-pill",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    "aria-label": bootstrap.page.labels === "drift" ? words.intelligence : null,
    "data-state": "closed",
    ...attributes
  }, text)

export const radioRow = (
  checked: boolean,
  attributes: Readonly<Record<string, string | boolean>>,
  content: ReadonlyArray<Node | string>,
  onChoose: () => void
): HTMLElement => {
  const row = menuItem({ role: "menuitemradio", "aria-checked": String(checked), ...attributes }, content, onChoose)
  set(row, "data-state", checked ? "checked" : "unchecked")
  return row
}

/** The row for something that belongs to Pro, which is locked while Pro is. */
export const proRow = (row: HTMLElement): HTMLElement => bootstrap.page.proUnavailable ? lockedUntilReset(row) : row

export const submenuRow = (
  attributes: Readonly<Record<string, string | boolean>>,
  content: ReadonlyArray<Node | string>,
  onOpen: () => void
): HTMLElement => menuItem({ "aria-haspopup": "menu", "aria-expanded": "false", ...attributes }, content, onOpen)

export const tierWord = (tier: Tier): string => words.tiers[tiers.indexOf(tier)] ?? tier

export const effortWord = (effort: Effort): string =>
  words.efforts[["light", "standard", "extended", "heavy"].indexOf(effort)] ?? ""

/** As the chips have it: the standard effort is not named. */
export const chipWord = ({ effort, family }: ModelSelection): string =>
  effort === "none" || effort === "standard"
    ? family
    : family === "Pro"
    ? `${effortWord(effort)} Pro`
    : `${effortWord(effort)} ${family.toLowerCase()}`

export const familyHint = (family: Family): string =>
  family === "Instant"
    ? "For everyday chats"
    : family === "Thinking"
    ? "For complex questions"
    : "Research-grade intelligence"

/** The level with the number of the model before it, as in "6 High". */
export const numbered = ({ tier, version }: ModelSelection, latest: string): string =>
  `${/^[\d.]+/.exec(version === "latest" ? latest : version)?.[0] ?? ""} ${tierWord(tier)}`
