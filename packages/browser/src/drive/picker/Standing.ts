/** What a picker shows as chosen before anything is pressed, so that it can be chosen again. Pure. */
import type { ModelEffort } from "@effect-oracle/core/domain/ModelSelection"
import type { PickerView } from "../../page-script/protocol.ts"
import { says } from "../../page-script/words.ts"
import type { Tier } from "../../site/Site.ts"
import { type Picker, readRow, type Row } from "./Rows.ts"
import { named, type Wanted } from "./Vocabulary.ts"

export interface Standing {
  readonly tier: Tier | null
  readonly effort: ModelEffort | null
  readonly autoSwitch: boolean
}

export const unseen: Standing = { tier: null, effort: null, autoSwitch: false }

const onSlider = (picker: Picker, slider: NonNullable<PickerView["slider"]>): Standing => ({
  ...unseen,
  tier: named(picker, slider.text).tier ?? picker.sliderTiers[slider.now - slider.min] ?? null
})

const inRows = (picker: Picker, rows: ReadonlyArray<Row>): Standing => {
  const checked = rows.filter(({ kind, row }) => row.checked && kind === "leaf")
  const tier = checked.find((read) => read.tier !== null)?.tier ?? null
  const auto = rows.some(({ kind, row }) => row.checked && (kind === "switch" || says(row.name, picker.auto)))
  const boxes = rows.filter(({ kind }) => kind === "effortBox").map(({ value }) => named(picker, value).effort)
  const effort = [...checked.map((read) => read.effort), ...boxes].find((found) => found !== null) ?? null
  return { tier: tier ?? (auto ? "instant" : null), effort, autoSwitch: auto }
}

const onPill = (picker: Picker, names: ReadonlyArray<string>): Standing => {
  const read = names.map((name) => named(picker, name)).find(({ tier }) => tier !== null)
  return read === undefined ? unseen : { ...read, autoSwitch: false }
}

/** Adds what this view shows; a later view knows better, because it stands deeper in the picker. */
export const standingIn = (picker: Picker, view: PickerView, before: Standing): Standing => {
  const shown = view.slider === null
    ? inRows(picker, view.rows.map((row) => readRow(picker, row)))
    : onSlider(picker, view.slider)
  const now = shown.tier === null ? { ...onPill(picker, [...view.triggerNames, ...view.chips]), ...only(shown) } : shown
  const tier = now.tier ?? before.tier
  const besides = view.effort === null ? null : named(picker, view.effort).effort
  const same = tier === before.tier || before.tier === null
  return {
    tier,
    effort: now.effort ?? besides ?? (same ? before.effort : null),
    autoSwitch: now.autoSwitch || before.autoSwitch
  }
}

const only = ({ autoSwitch, effort }: Standing): Partial<Standing> => effort === null ? {} : { autoSwitch, effort }

const effortOf: Partial<Record<Tier, ModelEffort>> = { medium: "standard", high: "extended", extra_high: "heavy" }

const compactOf = ({ effort, tier }: Standing): Tier => {
  if (tier !== "thinking") return tier ?? "medium"
  return effort === "heavy" ? "extra_high" : effort === "extended" ? "high" : "medium"
}

/** The selection that leads back to it; null where the picker never said what was chosen. */
export const wantedBack = (standing: Standing): Wanted | null => {
  const { autoSwitch, effort, tier } = standing
  if (tier === null) return null
  const family = tier === "instant" || tier === "pro" ? tier : "thinking"
  return { family, effort: effort ?? effortOf[tier] ?? null, compact: compactOf(standing), autoSwitch }
}

/** True where a picker that was touched shows the same again. */
export const sameChoice = (a: Wanted, b: Wanted): boolean =>
  a.family === b.family && a.compact === b.compact && a.effort === b.effort && a.autoSwitch === b.autoSwitch
