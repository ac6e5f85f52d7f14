/** The dialog behind "Configure...": model, family, and what the family can be told besides. Each change takes effect at once. */
import { bootstrap } from "../bootstrap.ts"
import { button, h, icon, set } from "../dom.ts"
import { openMenu } from "../menu.ts"
import type { Choice } from "./Layout.ts"
import { effortWord, familyHint, radioRow } from "./rows.ts"
import { effortsOf, families, withEffort, withFamily } from "./selection.ts"
import { lockedUntilReset } from "./tooltip.ts"

const older = ["5.5", "5.4", "5.3", "5.2"]

/** `latest` is how the newest model is written. */
export const openConfigure = (choice: Choice, latest: string): void => {
  const body = h("div", { class: "fields" })
  const close = () => {
    overlay.remove()
    document.removeEventListener("keydown", onKey)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") close()
  }
  const paint = () => body.replaceChildren(...fields(choice, latest, paint))
  const overlay = h(
    "div",
    { class: "overlay", "data-state": "open" },
    h(
      "div",
      { role: "dialog", "aria-modal": "true", "aria-label": "Model configuration", class: "dialog" },
      button({ "aria-label": "Close", "data-testid": "close-button" }, icon("cross"), close),
      body
    )
  )
  paint()
  document.body.append(overlay)
  document.addEventListener("keydown", onKey)
}

const fields = (choice: Choice, latest: string, paint: () => void): ReadonlyArray<Node> => {
  const current = choice.current()
  const change = (selection: typeof current) => {
    choice.adjust(selection)
    paint()
  }
  const version = combobox(
    "model-selection-label",
    "Model",
    [latest, ...older],
    current.version === "latest" ? latest : current.version,
    (text) => change({ ...current, version: text === latest ? "latest" : text })
  )
  const radios = families.map((family) => {
    const checked = String(family === current.family && !current.autoSwitch)
    const radio = button(
      { role: "radio", "aria-checked": checked, "data-state": checked === "true" ? "checked" : "unchecked" },
      h("span", {}, `${family} `),
      () => {
        if (radio.getAttribute("aria-disabled") !== "true") change(withFamily(current, family))
      }
    )
    radio.append(h("span", { class: "secondary" }, familyHint(family)))
    return family === "Pro" && bootstrap.page.proUnavailable ? lockedUntilReset(radio) : radio
  })
  const efforts = effortsOf(current.family)
  return [
    ...version,
    h("div", { role: "radiogroup", "aria-label": "Model options" }, ...radios),
    ...(efforts.length === 0
      ? [autoSwitch(current.autoSwitch, (on) => change({ ...current, autoSwitch: on }))]
      : combobox(
        "effort-selection-label",
        current.family === "Pro" ? "Pro thinking effort" : "Thinking effort",
        efforts.map(effortWord),
        effortWord(current.effort),
        (text) =>
          change(
            withEffort(
              current,
              current.family,
              efforts.find((effort) => effortWord(effort) === text) ?? current.effort
            )
          )
      ))
  ]
}

const combobox = (
  id: string,
  name: string,
  options: ReadonlyArray<string>,
  value: string,
  onChoose: (text: string) => void
): ReadonlyArray<Node> => {
  const box = button(
    { role: "combobox", "aria-labelledby": id, "aria-expanded": "false", "data-state": "closed" },
    value,
    () => {
      const list = openMenu(
        box,
        options.map((option) =>
          radioRow(option === value, { role: "option", "aria-selected": String(option === value) }, [option], () => {
            list.close()
            onChoose(option)
          })
        ),
        name,
        { role: "listbox" }
      )
    }
  )
  return [h("label", { id }, name), box]
}

const autoSwitch = (on: boolean, onChange: (on: boolean) => void): HTMLElement => {
  const toggle = button(
    { role: "switch", "aria-checked": String(on), "aria-label": "Auto-switch to Thinking" },
    "Auto-switch to Thinking",
    () => onChange(!on)
  )
  set(toggle, "data-state", on ? "checked" : "unchecked")
  return toggle
}
