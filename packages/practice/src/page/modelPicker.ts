/** The model choice beside the composer: a pill that opens the "Intelligence" menu. It mounts late. */
import type { ModelSelection } from "../wire.ts"
import * as api from "./api.ts"
import { bootstrap } from "./bootstrap.ts"
import { h, set } from "./dom.ts"
import { labels } from "./labels.ts"
import { menuItem, type OpenMenu, openMenu } from "./menu.ts"
import { powerSlider } from "./powerSlider.ts"

const tiers = [
  ["Instant", "5.5"],
  ["Medium", "5–30s"],
  ["High", "15–60s"],
  ["Extra High", "1–3 min"],
  ["Pro", "5+ min"]
] as const

export class ModelPicker {
  readonly element = h("div", { class: "__composer-pill-composite" })
  selection: ModelSelection = bootstrap.modelSelection
  private menu: OpenMenu | null = null
  private submenu: OpenMenu | null = null

  constructor() {
    if (bootstrap.page.picker !== "none") setTimeout(() => this.mount(), bootstrap.page.pickerDelayMs)
  }

  private mount(): void {
    const pill = h("button", {
      type: "button",
      class: "__composer-pill",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": bootstrap.page.labels === "drift" ? labels.model : null,
      "data-state": "closed"
    }, this.selection.tier)
    pill.addEventListener("click", (event) => {
      if (!event.isTrusted) return
      if (this.menu === null) this.open(pill)
      else this.close()
    })
    this.element.replaceChildren(pill)
  }

  private open(pill: HTMLElement): void {
    const content = bootstrap.page.picker === "slider"
      ? powerSlider(this.selection, (selection) => this.choose(selection, false))
      : this.rows()
    this.menu = openMenu(pill, [content], "Intelligence", () => {
      this.menu = null
      this.submenu?.close()
      if (bootstrap.page.picker === "slider") this.mount()
    })
  }

  private rows(): HTMLElement {
    const rows = tiers.map(([tier, hint]) => {
      const disabled = tier === "Pro" && bootstrap.page.proUnavailable
      const row = menuItem(
        {
          role: "menuitemradio",
          "aria-checked": String(tier === this.selection.tier),
          "aria-disabled": String(disabled),
          ...(disabled ? { "aria-describedby": "pro-reset" } : {})
        },
        [h("span", {}, tier), h("span", { class: "secondary" }, hint)],
        () => this.choose({ ...this.selection, tier }, true)
      )
      set(row, "data-state", tier === this.selection.tier ? "checked" : "unchecked")
      return row
    })
    const effort = menuItem(
      {
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        "aria-label": "Pro effort options",
        "data-testid": "composer-intelligence-pro-thinking-effort-trigger",
        "data-composer-intelligence-pro-effort-action": "true"
      },
      [h("span", {}, `Pro ${this.selection.proEffort}`), h("span", { "aria-hidden": "true" }, "›")],
      () => this.openEfforts(effort)
    )
    const notice = h(
      "div",
      { role: "tooltip", id: "pro-reset", class: "secondary" },
      "Pro is available again tomorrow at 9:00 AM."
    )
    return h(
      "div",
      { role: "group", "aria-label": "Intelligence", "data-testid": "composer-intelligence-picker-content" },
      h("div", { class: "secondary", role: "heading", "aria-level": 3 }, "Intelligence"),
      ...rows,
      ...(bootstrap.page.proUnavailable ? [notice] : [effort])
    )
  }

  private openEfforts(anchor: HTMLElement): void {
    if (this.submenu !== null) return
    const rows = (["Standard", "Extended"] as const).map((proEffort) =>
      menuItem(
        {
          role: "menuitemradio",
          "aria-checked": String(this.selection.tier === "Pro" && proEffort === this.selection.proEffort)
        },
        [`Pro ${proEffort}`],
        () => this.choose({ tier: "Pro", proEffort }, true)
      )
    )
    this.submenu = openMenu(anchor, rows, "Pro effort", () => {
      this.submenu = null
    })
  }

  private choose(selection: ModelSelection, close: boolean): void {
    this.selection = selection
    api.saveModel(selection)
    if (!close) return
    this.close()
    this.mount()
  }

  private close(): void {
    this.submenu?.close()
    this.menu?.close()
  }
}

/** The names under which a selection is sent. */
export const slugOf = ({ proEffort, tier }: ModelSelection): { readonly model: string; readonly effort: string } => {
  if (tier === "Pro") return { model: "gpt-5-5-pro", effort: proEffort.toLowerCase() }
  if (tier === "Instant") return { model: "gpt-5-5-instant", effort: "none" }
  return { model: "gpt-5-5-thinking", effort: tier === "Medium" ? "standard" : tier === "High" ? "extended" : "max" }
}
