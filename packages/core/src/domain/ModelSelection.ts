/** Presets and what each asks of a model picker. */
import * as Schema from "effect/Schema"

const presets = [
  "current",
  "instant",
  "instant_auto_switch",
  "thinking_light",
  "thinking_standard",
  "thinking_extended",
  "thinking_heavy",
  "pro_standard",
  "pro_extended"
] as const

export const Preset = Schema.Literals(presets)
export type Preset = typeof Preset.Type

export const ModelFamily = Schema.Literals(["instant", "thinking", "pro"])
export type ModelFamily = typeof ModelFamily.Type

export const ModelEffort = Schema.Literals(["light", "standard", "extended", "heavy"])
export type ModelEffort = typeof ModelEffort.Type

/** `family` null means: keep what the page has (`current`). */
export const ModelSelection = Schema.Struct({
  preset: Preset,
  family: Schema.NullOr(ModelFamily),
  effort: Schema.NullOr(ModelEffort),
  autoSwitch: Schema.Boolean
})
export type ModelSelection = typeof ModelSelection.Type

export const selectionOf = (preset: Preset): ModelSelection => {
  if (preset === "current") return { preset, family: null, effort: null, autoSwitch: false }
  if (preset === "instant" || preset === "instant_auto_switch") {
    return { preset, family: "instant", effort: null, autoSwitch: preset === "instant_auto_switch" }
  }
  const [family, effort] = preset.split("_") as [ModelFamily, ModelEffort]
  return { preset, family, effort, autoSwitch: false }
}
