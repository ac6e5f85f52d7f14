/** The presets for which a site's picker has words, so that a job for another one ends before anything is packed. Pure. */
import { type Preset, presets, selectionOf } from "@effect-oracle/core/domain/ModelSelection"
import type { Picker } from "./Rows.ts"
import { wantedOf } from "./Vocabulary.ts"

const offers = (picker: Picker, preset: Preset): boolean => {
  const wanted = wantedOf(selectionOf(preset))
  if (wanted === null) return true
  if (wanted.autoSwitch && picker.autoSwitch.length === 0 && picker.auto.length === 0) return false
  if (picker.tiers[wanted.compact].length > 0) return true
  // A family whose effort nobody can choose stands for its standard one; of Pro there is only one then.
  const plain = wanted.effort === null || wanted.effort === "standard" || wanted.family === "pro"
  return picker.tiers[wanted.family].length > 0 && (plain || picker.efforts[wanted.effort ?? "standard"].length > 0)
}

export const offeredBy = (picker: Picker): ReadonlyArray<Preset> => presets.filter((preset) => offers(picker, preset))
