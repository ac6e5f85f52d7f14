/** The other form of the model menu: a slider named "Power" with five steps, moved by arrow keys. */
import type { ModelSelection } from "../wire.ts"
import { h, set } from "./dom.ts"

const steps = ["Instant", "Medium", "High", "Extra High", "Pro"] as const

export const powerSlider = (selection: ModelSelection, onChange: (selection: ModelSelection) => void): HTMLElement => {
  let index = steps.indexOf(selection.tier)
  const slider = h("span", {
    role: "slider",
    "aria-valuemin": 0,
    "aria-valuemax": steps.length - 1,
    "aria-label": "Power"
  }, "●")
  const description = h("span", { id: "power-description" })
  const item = h(
    "div",
    { role: "menuitem", tabindex: 0, "aria-label": "Power", "aria-describedby": "power-description" },
    h("span", { "data-model-reasoning-effort-slider": true }, slider),
    description
  )
  const show = () => {
    set(slider, "aria-valuenow", index)
    description.textContent = `${steps[index] ?? ""}, ${index + 1} of ${steps.length}.`
  }
  item.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0
    const tier = steps[index + step]
    if (!event.isTrusted || step === 0 || tier === undefined) return
    event.preventDefault()
    index += step
    show()
    onChange({ ...selection, tier })
  })
  show()
  return h(
    "div",
    {
      "data-model-selection-view": "true",
      "data-testid": "composer-model-picker-slider-simple-view",
      "data-active": "true"
    },
    item
  )
}
