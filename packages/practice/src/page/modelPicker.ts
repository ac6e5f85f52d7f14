/** The model choice: it mounts late, in the composer or in the header, and every change replaces its node. */
import type { PickerGeneration } from "../Behaviour.ts"
import type { ModelSelection } from "../wire.ts"
import * as api from "./api.ts"
import { bootstrap } from "./bootstrap.ts"
import { h } from "./dom.ts"
import { type OpenMenu, openMenu } from "./menu.ts"
import { chips, configure } from "./picker/configure.ts"
import { rowEffort, versionSubmenu } from "./picker/familyMenus.ts"
import { header } from "./picker/header.ts"
import { intelligence } from "./picker/intelligence.ts"
import type { Choice, Layout } from "./picker/Layout.ts"
import { slugOf } from "./picker/selection.ts"
import { powerMenu, slider, unified } from "./picker/slider.ts"

const layouts: Readonly<Record<PickerGeneration, Layout | null>> = {
  header,
  versions: versionSubmenu,
  "row-effort": rowEffort,
  configure,
  chips,
  intelligence,
  unified,
  slider,
  "power-menu": powerMenu,
  none: null
}

export class ModelPicker {
  readonly element = h("div", { class: "__composer-pill-composite" })
  readonly header = h("div", { class: "model-switcher" })
  selection: ModelSelection = bootstrap.modelSelection
  private readonly layout = layouts[bootstrap.page.picker]
  private menu: OpenMenu | null = null
  private submenu: OpenMenu | null = null
  private readonly choice: Choice = {
    current: () => this.selection,
    choose: (selection) => {
      this.save(selection)
      this.close()
      this.mount()
    },
    adjust: (selection) => {
      this.save(selection)
      if (this.menu === null) this.mount()
    },
    openSubmenu: (row, rows, label) => {
      this.submenu?.close()
      this.submenu = openMenu(row, rows, label, { onClose: () => this.submenu = null })
    },
    close: () => this.close()
  }

  constructor() {
    if (this.layout !== null) setTimeout(() => this.mount(), bootstrap.page.pickerDelayMs)
  }

  /** The name under which the choice is sent. */
  get slug(): string {
    return slugOf(this.selection, this.layout?.latest ?? "5.5")
  }

  private mount(): void {
    const { layout } = this
    if (layout === null) return
    const trigger = layout.trigger(this.selection)
    trigger.addEventListener("click", (event) => {
      if (!event.isTrusted) return
      if (this.menu === null) this.open(trigger, layout)
      else this.close()
    })
    const place = layout.place === "header" ? this.header : this.element
    place.replaceChildren(trigger, ...layout.chips?.(this.choice) ?? [])
  }

  private open(trigger: HTMLElement, layout: Layout): void {
    const before = this.selection
    const content = h("div", { class: "menu-content" })
    this.menu = openMenu(trigger, [content], layout.menuLabel, {
      onClose: () => {
        this.menu = null
        this.submenu?.close()
        if (this.selection !== before) this.mount()
      }
    })
    const fill = () => content.replaceChildren(...layout.content(this.choice))
    if (bootstrap.page.pickerMenuMs > 0) setTimeout(fill, bootstrap.page.pickerMenuMs)
    else fill()
    this.menu.place()
  }

  private save(selection: ModelSelection): void {
    this.selection = selection
    api.saveModel(selection)
  }

  private close(): void {
    this.submenu?.close()
    this.menu?.close()
  }
}
