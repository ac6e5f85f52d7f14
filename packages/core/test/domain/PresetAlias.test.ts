import { Preset } from "@effect-oracle/core/domain/ModelSelection"
import { presetOf } from "@effect-oracle/core/domain/PresetAlias"
import { assert, describe, it } from "@effect/vitest"

describe("presetOf", () => {
  const cases: ReadonlyArray<readonly [text: string, preset: Preset | null]> = [
    ["Pro - Standard", "pro_standard"],
    ["pro-extended", "pro_extended"],
    ["Extended Pro", "pro_extended"],
    ["ChatGPT Pro (extended)", "pro_extended"],
    ["Thinking - Light", "thinking_light"],
    ["heavy thinking effort", "thinking_heavy"],
    ["THINKING STANDARD", "thinking_standard"],
    ["Instant", "instant"],
    ["Instant - Auto-switch to Thinking Enabled", "instant_auto_switch"],
    ["instant autoswitch", "instant_auto_switch"],
    ["current model", "current"],
    ["Pro", null],
    ["Thinking", null],
    ["extended", null],
    ["pro standard extended", null],
    ["instant thinking", null],
    ["best", null],
    ["", null]
  ]
  for (const [text, preset] of cases) {
    it(`reads "${text}" as ${preset ?? "no preset"}`, () => {
      assert.strictEqual(presetOf(text), preset)
    })
  }

  it("knows each preset by its own name, with any separator", () => {
    for (const preset of Preset.literals) {
      assert.strictEqual(presetOf(preset), preset)
      assert.strictEqual(presetOf(preset.replaceAll("_", " - ").toUpperCase()), preset)
    }
  })
})
