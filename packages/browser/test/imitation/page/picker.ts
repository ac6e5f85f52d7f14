/** Model pickers: the Configure dialog with chips, and the compact Intelligence menu. */
import type { Generation } from "../Generation.ts"
import { h } from "./dom.ts"

export interface Picker {
  /** What would be sent, e.g. `pro/extended`. */
  readonly model: () => string
}

const stored = (fallback: string): string => sessionStorage.getItem("model") ?? fallback

const closeOnEscape = (element: HTMLElement, close: () => void) => {
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !element.isConnected) return
    event.stopPropagation()
    document.removeEventListener("keydown", onKey, true)
    close()
  }
  document.addEventListener("keydown", onKey, true)
}

/** Selects with the pointer as menus of this kind do: on pointer up of a real pointer, or on a plain click. */
const onPress = (element: HTMLElement, press: () => void) => element.addEventListener("click", press)

const configure = (header: HTMLElement, footer: HTMLElement): Picker => {
  let model = stored("instant")
  const trigger = h("button", {
    "data-testid": "model-switcher-dropdown-button",
    "aria-label": "Model selector",
    "aria-haspopup": "menu",
    "aria-expanded": "false"
  }, "ChatGPT")
  header.append(trigger)
  const chip = h("button", { class: "__composer-pill" })

  const family = () => model.split("/")[0] ?? ""
  const effort = () => model.split("/")[1] ?? "standard"
  const title = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1)
  const choose = (next: string) => {
    model = next
    sessionStorage.setItem("model", model)
    const word = family() === "pro" ? "Pro" : "thinking"
    const name = effort() === "standard"
      ? (family() === "pro" ? "Pro Standard" : "Thinking")
      : `${title(effort())} ${word}`
    chip.textContent = name
    chip.setAttribute("aria-label", `${name}, click to remove`)
    if (family() === "instant") chip.remove()
    else footer.append(chip)
  }
  onPress(chip, () => choose("instant"))

  const openDialog = () => {
    const dialog = h("div", { role: "dialog", "aria-label": "Configure" })
    const close = () => dialog.remove()
    const draw = () => {
      const families = [["instant", "For everyday chats"], ["thinking", "For complex questions"], [
        "pro",
        "Research-grade intelligence"
      ]]
      const radios = families.map(([name = "", note = ""]) => {
        const radio = h(
          "button",
          { role: "radio", "aria-checked": String(family() === name) },
          h("span", {}, title(name)),
          " ",
          h("span", {}, note)
        )
        onPress(radio, () => {
          choose(name === "instant" ? "instant" : `${name}/standard`)
          draw()
        })
        return radio
      })
      const label = family() === "pro" ? "Pro thinking effort" : "Thinking effort"
      const combobox = h("button", {
        role: "combobox",
        "aria-label": label,
        "aria-expanded": "false",
        "aria-haspopup": "listbox"
      }, title(effort()))
      onPress(combobox, () => {
        const efforts = family() === "pro" ? ["standard", "extended"] : ["light", "standard", "extended", "heavy"]
        const box = h("div", { role: "listbox" })
        for (const name of efforts) {
          const option = h("div", { role: "option", "aria-selected": String(name === effort()) }, title(name))
          onPress(option, () => {
            choose(`${family()}/${name}`)
            box.remove()
            draw()
          })
          box.append(option)
        }
        combobox.setAttribute("aria-expanded", "true")
        dialog.append(box)
      })
      const closer = h("button", { "data-testid": "close-button", "aria-label": "Close" }, "✕")
      onPress(closer, close)
      dialog.replaceChildren(
        h("h2", {}, "Configure"),
        closer,
        h("div", { role: "radiogroup", "aria-label": "Model options" }, ...radios),
        ...(family() === "instant"
          ? [
            h(
              "button",
              { role: "switch", "aria-checked": "false", "aria-label": "Auto-switch to Thinking" },
              "Auto-switch to Thinking"
            )
          ]
          : [combobox])
      )
    }
    draw()
    document.body.append(dialog)
    closeOnEscape(dialog, close)
  }

  onPress(trigger, () => {
    const menu = h("div", { role: "menu", "data-radix-collection-root": "" })
    const close = () => {
      menu.remove()
      trigger.setAttribute("aria-expanded", "false")
    }
    const rows = ["instant", "thinking", "pro"].map((name) => {
      const row = h(
        "div",
        { role: "menuitemradio", "aria-checked": String(family() === name), tabindex: "-1" },
        title(name)
      )
      onPress(row, () => {
        choose(name === "instant" ? "instant" : `${name}/standard`)
        close()
      })
      return row
    })
    const entry = h("div", { role: "menuitem", "data-testid": "model-configure-modal", tabindex: "-1" }, "Configure...")
    onPress(entry, () => {
      close()
      setTimeout(openDialog, 150)
    })
    menu.append(...rows, entry)
    document.body.append(menu)
    trigger.setAttribute("aria-expanded", "true")
    closeOnEscape(menu, close)
  })
  choose(model)
  return { model: () => model }
}

const intelligence = (footer: HTMLElement): Picker => {
  let tier = stored("Medium")
  const pill = h("button", { class: "__composer-pill", "aria-haspopup": "menu", "aria-expanded": "false" })
  const shown = () => tier.startsWith("Pro") ? "Pro" : tier
  const menus: Array<HTMLElement> = []
  const close = () => {
    for (const menu of menus.splice(0)) menu.remove()
    pill.setAttribute("aria-expanded", "false")
  }
  const choose = (next: string) => {
    tier = next
    sessionStorage.setItem("model", tier)
    close()
    pill.textContent = shown()
  }
  const radio = (name: string, checked: boolean) => {
    const row = h("div", { role: "menuitemradio", "aria-checked": String(checked), tabindex: "-1" }, name)
    onPress(row, () => choose(name === "Pro" ? "Pro Standard" : name))
    return row
  }
  const openEfforts = () => {
    const menu = h("div", { role: "menu", "aria-label": "Pro effort options" })
    menu.style.left = "480px"
    menu.append(...["Pro Standard", "Pro Extended"].map((name) => radio(name, tier === name)))
    document.body.append(menu)
    menus.push(menu)
    closeOnEscape(menu, close)
  }
  onPress(pill, () => {
    if (menus.length > 0) return close()
    const group = h(
      "div",
      { role: "group", "data-testid": "composer-intelligence-picker-content" },
      h("h3", {}, "Intelligence")
    )
    group.append(...["Instant", "Medium", "High", "Extra High"].map((name) => radio(name, tier === name)))
    const efforts = h("div", {
      role: "menuitem",
      tabindex: "-1",
      "aria-haspopup": "menu",
      "aria-label": "Pro effort options",
      "data-testid": "composer-intelligence-pro-thinking-effort-trigger"
    }, "›")
    onPress(efforts, openEfforts)
    group.append(radio("Pro", tier.startsWith("Pro")), efforts)
    const menu = h("div", { role: "menu", "aria-label": "Intelligence", "data-radix-collection-root": "" }, group)
    document.body.append(menu)
    menus.push(menu)
    pill.setAttribute("aria-expanded", "true")
    closeOnEscape(menu, close)
  })
  pill.textContent = shown()
  setTimeout(() => footer.append(pill), 900)
  return { model: () => tier }
}

export const makePicker = (generation: Generation, header: HTMLElement, footer: HTMLElement): Picker =>
  generation.picker === "configure"
    ? configure(header, footer)
    : generation.picker === "intelligence"
    ? intelligence(footer)
    : { model: () => "none" }
