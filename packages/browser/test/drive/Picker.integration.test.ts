import { type Preset, selectionOf } from "@effect-oracle/core/domain/ModelSelection"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { visitReady } from "./practice.ts"

interface Chosen {
  readonly family: string
  readonly effort: string
  readonly autoSwitch: boolean
}

const expected = (preset: Preset): Partial<Chosen> => {
  const { autoSwitch, effort, family } = selectionOf(preset)
  const name = family === null ? "" : family.slice(0, 1).toUpperCase() + family.slice(1)
  return { family: name, effort: effort ?? "none", autoSwitch }
}

/** A layout that knows no efforts, or no effort of Pro, is asked for what it can give. */
const layouts: ReadonlyArray<readonly [scenario: string, presets: ReadonlyArray<Preset>]> = [
  ["fast", ["instant", "thinking_heavy", "pro_standard", "pro_extended"]],
  ["picker-header", ["instant_auto_switch", "thinking_standard", "pro_standard"]],
  ["picker-version-submenu", ["instant", "pro_standard"]],
  ["picker-row-effort", ["thinking_light", "pro_extended", "thinking_heavy"]],
  ["picker-configure", ["instant_auto_switch", "thinking_heavy", "pro_extended", "instant"]],
  ["picker-chips", ["pro_extended", "thinking_extended"]],
  ["picker-unified", ["thinking_heavy", "instant"]],
  ["slider-picker", ["instant", "thinking_extended", "pro_standard"]],
  ["picker-power-menu", ["pro_standard", "thinking_heavy"]],
  ["drift", ["thinking_extended", "pro_extended"]],
  ["locale-de", ["thinking_heavy", "pro_extended"]],
  ["locale-ja", ["thinking_extended", "pro_extended"]],
  ["locale-zh", ["thinking_heavy", "thinking_extended"]]
]

describe("choosing a model", () => {
  for (const [scenario, presets] of layouts) {
    it.live(`ends with what was asked for, proven and closed, on the page "${scenario}"`, () =>
      Effect.scoped(Effect.gen(function*() {
        const { admin, page, raw } = yield* visitReady(scenario)
        for (const preset of presets) {
          const report = yield* page.selectModel(selectionOf(preset))
          const again = yield* page.selectModel(selectionOf(preset))
          const saved = admin.log("model-default").at(-1)?.detail["selection"] as Chosen
          const open = yield* Effect.promise(() =>
            raw.evaluate(
              "document.querySelectorAll('body > [data-radix-popper-content-wrapper], [role=dialog]').length"
            )
          )
          assert.deepInclude(saved, expected(preset))
          assert.isTrue(report.changed)
          assert.isFalse(again.changed)
          assert.strictEqual(open, 0)
        }
      })))
  }

  it.live("touches nothing for the present model", () =>
    Effect.scoped(Effect.gen(function*() {
      const { admin, page } = yield* visitReady("fast")
      const report = yield* page.selectModel(selectionOf("current"))
      assert.isFalse(report.changed)
      assert.deepStrictEqual(admin.log("model-default"), [])
    })))

  const refusals: ReadonlyArray<readonly [scenario: string, code: string, words: string]> = [
    ["pro-unavailable", "model_unavailable", "Extra High, Pro (unavailable)"],
    ["stuck-slider", "model_unverified", "slider does not move"],
    ["no-picker", "model_unavailable", "no model picker"]
  ]
  for (const [scenario, code, words] of refusals) {
    it.live(`is refused as ${code} on the page "${scenario}", and takes no other model`, () =>
      Effect.scoped(Effect.gen(function*() {
        const { admin, page } = yield* visitReady(scenario)
        const error = yield* Effect.flip(page.selectModel(selectionOf("pro_extended")))
        assert.strictEqual(error.code, code)
        assert.include(error.detail, words)
        assert.deepStrictEqual(admin.log("model-default"), [])
      })))
  }
})
