/** Presets and what each asks of a model picker. */
import * as Schema from "effect/Schema"

/** All presets, the one that keeps what is there first. */
export const presets = [
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

/** A model choice by name; `current` keeps what the page has. */
export const Preset = Schema.Literals(presets)
export type Preset = typeof Preset.Type

/** A kind of model, whatever the site calls it this month. */
export const ModelFamily = Schema.Literals(["instant", "thinking", "pro"])
export type ModelFamily = typeof ModelFamily.Type

/** How long the model may think. */
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

const wanted: Record<Preset, Omit<ModelSelection, "preset">> = {
  current: { family: null, effort: null, autoSwitch: false },
  instant: { family: "instant", effort: null, autoSwitch: false },
  instant_auto_switch: { family: "instant", effort: null, autoSwitch: true },
  thinking_light: { family: "thinking", effort: "light", autoSwitch: false },
  thinking_standard: { family: "thinking", effort: "standard", autoSwitch: false },
  thinking_extended: { family: "thinking", effort: "extended", autoSwitch: false },
  thinking_heavy: { family: "thinking", effort: "heavy", autoSwitch: false },
  pro_standard: { family: "pro", effort: "standard", autoSwitch: false },
  pro_extended: { family: "pro", effort: "extended", autoSwitch: false }
}

/** The model choice that a preset stands for. */
export const selectionOf = (preset: Preset): ModelSelection => ({ preset, ...wanted[preset] })
