/** A row that cannot be chosen until its reset. Its tooltip, once shown, takes the first Escape for itself. */
import { h, set } from "../dom.ts"

let count = 0

export const lockedUntilReset = (row: HTMLElement): HTMLElement => {
  count += 1
  const id = `pro-reset-${count}`
  const tooltip = h(
    "div",
    { role: "tooltip", id, class: "secondary", "data-state": "closed" },
    "Pro is available again tomorrow at 9:00 AM."
  )
  set(row, "aria-disabled", "true")
  set(row, "data-disabled", true)
  set(row, "aria-describedby", id)
  const swallow = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return
    hide()
    if (row.isConnected) event.stopImmediatePropagation()
  }
  const hide = () => {
    set(tooltip, "data-state", "closed")
    removeEventListener("keydown", swallow, true)
  }
  const show = () => {
    set(tooltip, "data-state", "delayed-open")
    addEventListener("keydown", swallow, true)
  }
  row.addEventListener("pointerenter", show)
  row.addEventListener("focus", show)
  row.append(tooltip)
  return row
}
