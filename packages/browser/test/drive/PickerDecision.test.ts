import { decide, type PickerMemory, pillAgrees } from "@effect-oracle/browser/drive/picker/Decision"
import { rowKey } from "@effect-oracle/browser/drive/picker/Rows"
import { describe as words, named, wantedOf } from "@effect-oracle/browser/drive/picker/Vocabulary"
import type { PickerView } from "@effect-oracle/browser/page-script/protocol"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { defaultConfig } from "@effect-oracle/core/config/OracleConfig"
import { type Preset, selectionOf } from "@effect-oracle/core/domain/ModelSelection"
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import { pickerView, type RowInput } from "./pickerView.ts"

const { picker } = Result.getOrThrow(resolveSite("chatgpt", defaultConfig))

const want = (preset: Preset) => {
  const wanted = wantedOf(selectionOf(preset))
  assert.isNotNull(wanted)
  return wanted
}

const untouched: PickerMemory = { pressed: new Set(), chosen: false }

const view = (rows: ReadonlyArray<RowInput>, over: Partial<PickerView> = {}): PickerView =>
  pickerView(rows, { trigger: "Medium", triggerNames: ["Medium"], ...over })

const compact: ReadonlyArray<RowInput> = [
  { name: "Instant 5.5" },
  { name: "Medium 5–30s", checked: true },
  { name: "High 15–60s" },
  { name: "Extra High 1–3 min" },
  { name: "Pro 5+ min" }
]

const proMenu: RowInput = { name: "Pro effort options", expandable: true }

const pressedName = (rows: ReadonlyArray<RowInput>, preset: Preset, memory = untouched): string => {
  const next = decide(picker, view(rows), want(preset), memory)
  return next._tag === "Press" ? next.row.name : next._tag
}

const pressed = (rows: ReadonlyArray<RowInput>): PickerMemory => ({
  pressed: new Set(view(rows).rows.map(rowKey)),
  chosen: true
})

describe("named", () => {
  const cases: ReadonlyArray<readonly [string, string | null, string | null]> = [
    ["Extra High", "extra_high", null],
    ["High, 3 of 5.", "high", null],
    ["Sehr hoch", "extra_high", null],
    ["Hoch", "high", null],
    ["Hochladen", null, null],
    ["高", "high", null],
    ["极高", "extra_high", null],
    ["非常に高い", "extra_high", null],
    ["Pro Extended", "pro", "extended"],
    ["Extended Pro", "pro", "extended"],
    ["Extended thinking", "thinking", "extended"],
    ["Pro, click to remove", "pro", null],
    ["5.6 Pro", "pro", null],
    ["GPT-5.5 Thinking", "thinking", null],
    ["Heavy", null, "heavy"],
    ["Pro Research-grade intelligence", "pro", null],
    ["Professional", null, null],
    ["Share", null, null]
  ]
  for (const [name, tier, effort] of cases) {
    it(`reads "${name}"`, () => {
      assert.deepStrictEqual(named(picker, name), { tier, effort })
    })
  }
})

describe("decide: compact menu", () => {
  it("believes a header that names the level behind the product, where no row says what is chosen", () => {
    const rows: ReadonlyArray<RowInput> = [{ name: "Instant" }, { name: "Thinking" }, { name: "Pro" }]
    const header = (name: string) => view(rows, { trigger: name, triggerNames: [name] })
    const memory = pressed(rows)
    assert.strictEqual(decide(picker, header("ChatGPT Pro"), want("pro_standard"), memory)._tag, "Done")
    assert.strictEqual(decide(picker, header("ChatGPT Thinking"), want("pro_standard"), memory)._tag, "Unverified")
    assert.strictEqual(decide(picker, header("ChatGPT"), want("pro_standard"), memory)._tag, "Unverified")
  })

  it("opens a closed picker, whatever the pill says", () => {
    assert.strictEqual(decide(picker, view([], { trigger: "Pro" }), want("pro_extended"), untouched)._tag, "Open")
  })

  it("maps each preset to its tier", () => {
    assert.strictEqual(pressedName(compact, "instant"), "Instant 5.5")
    assert.strictEqual(pressedName(compact, "instant_auto_switch"), "Instant 5.5")
    assert.strictEqual(pressedName(compact, "thinking_light"), "Done")
    assert.strictEqual(pressedName(compact, "thinking_standard"), "Done")
    assert.strictEqual(pressedName(compact, "thinking_extended"), "High 15–60s")
    assert.strictEqual(pressedName(compact, "thinking_heavy"), "Extra High 1–3 min")
  })

  it("takes a bare Pro among its siblings for both efforts", () => {
    assert.strictEqual(pressedName(compact, "pro_standard"), "Pro 5+ min")
    assert.strictEqual(pressedName(compact, "pro_extended"), "Pro 5+ min")
  })

  it("goes through the effort menu of Pro where there is one", () => {
    const rows = [...compact, proMenu]
    assert.strictEqual(pressedName(rows, "pro_extended"), "Pro effort options")
    const open = [...rows, { name: "Pro Standard", checked: true }, { name: "Pro Extended" }]
    assert.strictEqual(pressedName(open, "pro_extended", pressed([proMenu])), "Pro Extended")
    assert.strictEqual(pressedName(open, "pro_standard", pressed([proMenu])), "Done")
  })

  it("reports a disabled tier with what is there, and takes no other", () => {
    const rows = compact.map((row) => row.name.startsWith("Pro") ? { ...row, disabled: true } : row)
    const next = decide(picker, view(rows), want("pro_extended"), untouched)
    assert.strictEqual(next._tag, "Unavailable")
    assert.deepInclude(next, { there: [...compact.slice(0, 4).map(({ name }) => name), "Pro 5+ min (unavailable)"] })
  })

  it("does not trust a row that stays unmarked after it was pressed", () => {
    const next = decide(picker, view(compact), want("thinking_heavy"), pressed([{ name: "Extra High 1–3 min" }]))
    assert.strictEqual(next._tag, "Unverified")
  })
})

describe("decide: other layouts", () => {
  it("moves a slider to the tier and believes it only with the right words", () => {
    const slider = { min: 0, max: 4, now: 1, text: "Medium, 2 of 5.", disabled: false }
    assert.deepStrictEqual(decide(picker, view([], { slider }), want("pro_extended"), untouched), {
      _tag: "Slide",
      to: 4
    })
    const there = { ...slider, now: 4, text: "Pro, 5 of 5." }
    assert.deepStrictEqual(decide(picker, view([], { slider: there }), want("pro_extended"), untouched), {
      _tag: "Done",
      shown: "Pro"
    })
    const wrong = { ...there, text: "Extra High, 4 of 5." }
    assert.strictEqual(decide(picker, view([], { slider: wrong }), want("pro_extended"), untouched)._tag, "Unverified")
    const short = { ...slider, max: 3 }
    assert.strictEqual(decide(picker, view([], { slider: short }), want("pro_extended"), untouched)._tag, "Unavailable")
  })

  it("believes a chip with its effort, never a bare Pro", () => {
    const chip = (name: string) => decide(picker, view([], { chips: [name] }), want("pro_extended"), untouched)._tag
    assert.strictEqual(chip("Extended Pro"), "Done")
    assert.strictEqual(chip("Pro"), "Open")
    assert.strictEqual(chip("Pro Standard"), "Open")
  })

  it("sets family, effort and switch in the dialog", () => {
    const family = (checked: string) =>
      ["Instant For everyday chats", "Thinking For complex questions", "Pro Research-grade intelligence"].map((
        name
      ) => ({
        name,
        kind: "option" as const,
        dialog: true,
        checked: name.startsWith(checked)
      }))
    const effort: RowInput = {
      name: "Pro thinking effort",
      description: "Standard",
      kind: "combobox",
      dialog: true,
      expandable: true
    }
    const close: RowInput = { name: "Close", kind: "close", dialog: true }
    assert.strictEqual(pressedName([...family("Instant"), close], "pro_extended"), "Pro Research-grade intelligence")
    const chosen = [...family("Pro"), effort, close]
    assert.strictEqual(pressedName(chosen, "pro_extended"), "Pro thinking effort")
    const options: ReadonlyArray<RowInput> = ["Standard", "Extended"].map((name) => ({ name, kind: "option" }))
    assert.strictEqual(pressedName([...chosen, ...options], "pro_extended", pressed([effort])), "Extended")
    assert.strictEqual(
      pressedName([...family("Pro"), { ...effort, description: "Extended" }, close], "pro_extended"),
      "Done"
    )
  })

  it("takes the German word for extended for an effort in a list, and for a way to more beside it", () => {
    const box: RowInput = {
      name: "Pro thinking effort",
      description: "Standard",
      kind: "combobox",
      dialog: true,
      expandable: true
    }
    const families: ReadonlyArray<RowInput> = ["Sofort", "Thinking", "Pro"].map((name) => ({
      name,
      kind: "option",
      dialog: true,
      checked: name === "Pro"
    }))
    const options: ReadonlyArray<RowInput> = ["Standard", "Erweitert"].map((name) => ({ name, kind: "option" }))
    assert.strictEqual(pressedName([...families, box, ...options], "pro_extended", pressed([box])), "Erweitert")
    assert.strictEqual(pressedName([{ name: "Erweitert" }], "thinking_heavy"), "Erweitert")
    assert.strictEqual(
      pressedName([{ name: "Erweitert" }], "thinking_heavy", pressed([{ name: "Erweitert" }])),
      "Unavailable"
    )
  })

  it("sets the switch beside Instant as asked", () => {
    const sheet = (checked: boolean): ReadonlyArray<RowInput> => [
      { name: "Instant", kind: "option", dialog: true, checked: true },
      { name: "Thinking", kind: "option", dialog: true },
      { name: "Auto-switch to Thinking", kind: "switch", dialog: true, checked }
    ]
    assert.strictEqual(pressedName(sheet(false), "instant_auto_switch"), "Auto-switch to Thinking")
    assert.strictEqual(pressedName(sheet(true), "instant_auto_switch"), "Done")
    assert.strictEqual(pressedName(sheet(true), "instant"), "Auto-switch to Thinking")
    assert.strictEqual(pressedName(sheet(false), "instant"), "Done")
  })

  it("presses no disabled switch and no disabled box", () => {
    const instant: RowInput = { name: "Instant", kind: "option", checked: false }
    const toggle: RowInput = { name: "Auto-switch to Thinking", kind: "switch", checked: true, disabled: true }
    assert.strictEqual(pressedName([instant, toggle], "instant"), "Unavailable")
    assert.strictEqual(pressedName([instant, { ...toggle, checked: false }], "instant"), "Instant")
    const box: RowInput = { name: "Thinking effort", description: "Light", kind: "combobox", disabled: true }
    const family: RowInput = { name: "Thinking", kind: "option", dialog: true, checked: true }
    assert.strictEqual(pressedName([family, box], "thinking_heavy"), "Unavailable")
    assert.strictEqual(pressedName([family, { ...box, disabled: false }], "thinking_heavy"), "Thinking effort")
  })

  it("finds rows of a dropdown by name or by test id", () => {
    const rows: ReadonlyArray<RowInput> = [
      { name: "GPT-5.5 Instant", testId: "model-switcher-gpt-5-5-instant" },
      { name: "最新", testId: "model-switcher-gpt-5-5-pro" }
    ]
    assert.strictEqual(pressedName(rows, "instant"), "GPT-5.5 Instant")
    assert.strictEqual(pressedName(rows, "pro_standard"), "最新")
  })

  it("goes deeper through Configure and Advanced before it gives up", () => {
    assert.strictEqual(pressedName([{ name: "Configure..." }], "pro_extended"), "Configure...")
    const advanced: RowInput = { name: "Show advanced options", expandable: true }
    assert.strictEqual(pressedName([advanced], "thinking_heavy"), "Show advanced options")
    assert.strictEqual(pressedName([advanced], "thinking_heavy", pressed([advanced])), "Unavailable")
  })

  it("sets the effort in a control of its own, and believes no family without it", () => {
    const models: ReadonlyArray<RowInput> = ["Instant", "Thinking", "Pro"].map((name) => ({
      name: `GPT-5.5 ${name}`,
      kind: "option",
      checked: name === "Pro"
    }))
    const efforts: ReadonlyArray<RowInput> = ["Standard", "Extended"].map((name) => ({ name, kind: "option" }))
    const step = (rows: ReadonlyArray<RowInput>, effort: string) =>
      decide(picker, view(rows, { effort }), want("pro_extended"), untouched)
    assert.strictEqual(step(models, "Standard")._tag, "OpenEffort")
    assert.deepInclude(step(efforts, "Standard"), { _tag: "Press", leaf: true })
    assert.strictEqual(step(models, "Extended")._tag, "Done")
  })

  it("says so where the page has no picker", () => {
    const next = decide(picker, view([], { trigger: null }), want("pro_extended"), untouched)
    assert.strictEqual(next._tag, "Unavailable")
  })
})

describe("pillAgrees", () => {
  it("contradicts only a pill that names another tier", () => {
    assert.isTrue(pillAgrees(picker, ["Select ChatGPT model", "Pro"], want("pro_extended")))
    assert.isTrue(pillAgrees(picker, ["Thinking effort", "5.6 Pro"], want("pro_extended")))
    assert.isFalse(pillAgrees(picker, ["High"], want("thinking_heavy")))
    assert.isTrue(pillAgrees(picker, ["Extra High"], want("thinking_heavy")))
    assert.isTrue(pillAgrees(picker, ["Model"], want("thinking_heavy")))
  })

  it("describes a selection in words", () => {
    assert.strictEqual(words(picker, want("pro_extended")), "Pro extended")
  })
})
