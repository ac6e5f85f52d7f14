import { decide } from "@effect-oracle/browser/drive/picker/Decision"
import { sameChoice, standingIn, unseen, wantedBack } from "@effect-oracle/browser/drive/picker/Standing"
import { wantedOf } from "@effect-oracle/browser/drive/picker/Vocabulary"
import type { PickerRow, PickerView } from "@effect-oracle/browser/page-script/protocol"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { defaultConfig } from "@effect-oracle/core/config/OracleConfig"
import { type Preset, Preset as Presets, selectionOf } from "@effect-oracle/core/domain/ModelSelection"
import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { pickerView, type RowInput } from "./pickerView.ts"

const { picker } = Result.getOrThrow(resolveSite("chatgpt", defaultConfig))

const standing = (...views: ReadonlyArray<PickerView>) =>
  wantedBack(views.reduce((before, view) => standingIn(picker, view, before), unseen))

const want = (preset: Preset) => {
  const wanted = wantedOf(selectionOf(preset))
  assert.isNotNull(wanted)
  return wanted
}

const levels = ["Instant", "Medium", "High", "Extra High", "Pro"]

const words = [
  ...levels,
  "Thinking",
  "Light",
  "Standard",
  "Extended",
  "Heavy",
  "Pro Standard",
  "Pro Extended",
  "Extended thinking",
  "GPT-5.5 Thinking",
  "Auto",
  "Auto-switch to Thinking",
  "Configure...",
  "Thinking effort",
  "Pro effort options",
  "Advanced",
  "Sehr hoch",
  "极高",
  "Share",
  "Close"
]

const Row = Schema.Struct({
  name: Schema.Literals(words),
  checked: Schema.Boolean,
  disabled: Schema.Boolean,
  expandable: Schema.Boolean,
  dialog: Schema.Boolean,
  kind: Schema.Literals(["row", "option", "combobox", "switch", "close"])
})

const Pressed = Schema.Array(Schema.Literals(words))

const rowsOf = (rows: ReadonlyArray<Omit<RowInput, "name"> & { readonly name: string }>) => pickerView(rows)

describe("what stands before a choice", () => {
  it("is the checked level of a compact menu", () => {
    const rows = levels.map((name) => ({ name, checked: name === "High" }))
    const back = standing(pickerView(rows))
    assert.isTrue(back !== null && sameChoice(back, want("thinking_extended")))
  })

  it("is family and effort of a dialog, seen one after the other", () => {
    const families = ["Instant", "Thinking", "Pro"].map((name) => ({
      name,
      kind: "option" as const,
      dialog: true,
      checked: name === "Pro"
    }))
    const box = { name: "Pro thinking effort", description: "Extended", kind: "combobox" as const, dialog: true }
    const back = standing(pickerView(families), pickerView([...families, box]))
    assert.isTrue(back !== null && sameChoice(back, want("pro_extended")))
  })

  it("is the step of a slider, by its words or by its place", () => {
    const slider = { min: 0, max: 4, now: 3, text: "", disabled: false }
    const back = standing(pickerView([], { slider }))
    assert.isTrue(back !== null && sameChoice(back, want("thinking_heavy")))
  })

  it("is what the closed pill says where no row is marked, and nothing where nobody says it", () => {
    const pill = standing(pickerView([], { triggerNames: ["Extended Pro"] }))
    assert.isTrue(pill !== null && sameChoice(pill, want("pro_extended")))
    assert.isNull(standing(pickerView([], { triggerNames: ["Model"] })))
  })

  it.prop("leads back to a selection that a picker with that row marked calls done", [
    Schema.Literals(levels)
  ], ([level]) => {
    const view = pickerView(levels.map((name) => ({ name, checked: name === level })))
    const back = standing(view)
    assert.isNotNull(back)
    if (back === null) return
    assert.strictEqual(decide(picker, view, back, { pressed: new Set(), chosen: true })._tag, "Done")
  })
})

describe("decide, whatever the picker shows", () => {
  const choice = (row: PickerRow) => row.name

  it.prop(
    "never presses what is disabled, and nothing that was pressed before",
    [Schema.Array(Row), Presets, Pressed],
    ([rows, preset, pressed]) => {
      if (preset === "current") return
      const view = rowsOf(rows)
      const keys = new Set(
        view.rows.filter((row) => pressed.includes(choice(row))).map((row) => `${row.kind} ${row.name} ${row.testId}`)
      )
      const next = decide(picker, view, want(preset), { pressed: keys, chosen: keys.size > 0 })
      if (next._tag !== "Press") return
      assert.isFalse(next.row.disabled)
      assert.isFalse(keys.has(`${next.row.kind} ${next.row.name} ${next.row.testId}`))
    }
  )

  it.prop(
    "never presses or believes another tier than the wanted one",
    [Schema.Array(Row), Presets],
    ([rows, preset]) => {
      if (preset === "current") return
      const view = rowsOf(rows.map((row) => ({ ...row, kind: "row" as const, expandable: false, dialog: false })))
      const next = decide(picker, view, want(preset), { pressed: new Set(), chosen: false })
      const name = next._tag === "Press" && next.leaf ? next.row.name : next._tag === "Done" ? next.shown : null
      if (name === null) return
      const { compact, effort, family } = want(preset)
      const fits: Readonly<Record<string, ReadonlyArray<string>>> = {
        instant: ["Instant", "Auto", "Auto-switch to Thinking"],
        thinking: ["Thinking", "Extended thinking", "GPT-5.5 Thinking", "Light", "Standard", "Extended", "Heavy"],
        pro: ["Pro", "Pro Standard", "Pro Extended", "Standard", "Extended"],
        medium: ["Medium"],
        high: ["High"],
        extra_high: ["Extra High", "Sehr hoch", "极高"]
      }
      const allowed = new Set([...(fits[family] ?? []), ...(fits[compact] ?? [])])
      assert.isTrue(name.split(", ").every((part) => allowed.has(part)), `${preset}: ${name}`)
      // A press of the family may name another effort where a row in sight leads to the efforts.
      if (next._tag === "Press" && rows.some((row) => /effort/.test(row.name))) return
      for (const other of ["Light", "Standard", "Extended", "Heavy"]) {
        if (effort !== null && other.toLowerCase() !== effort && name.split(" ").includes(other)) {
          assert.fail(`${preset} took ${name}`)
        }
      }
    }
  )

  it.prop("moves a slider to no other step than the wanted one", [
    Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 4 })),
    Schema.Literals([3, 4]),
    Presets
  ], ([now, max, preset]) => {
    if (preset === "current") return
    const slider = { min: 0, max, now: Math.min(now, max), text: "", disabled: false }
    const next = decide(picker, pickerView([], { slider }), want(preset), { pressed: new Set(), chosen: false })
    const index = picker.sliderTiers.indexOf(want(preset).compact)
    if (index > max) assert.strictEqual(next._tag, "Unavailable")
    else if (next._tag === "Slide") assert.strictEqual(next.to, index)
    else assert.strictEqual(slider.now, index)
  })
})
