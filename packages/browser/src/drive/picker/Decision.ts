/** Decides the next step in a model picker from what it shows; one decision for all layouts. Pure. */
import type { PickerRow, PickerView } from "../../page-script/protocol.ts"
import type { SiteDefinition } from "../../site/Site.ts"
import { type Named, named, namedById, type Wanted } from "./Vocabulary.ts"

export interface PickerMemory {
  /** Keys of the rows that were pressed, so that nothing is pressed for ever. */
  readonly pressed: ReadonlySet<string>
  /** A leaf was pressed on purpose: from then on the closed pill may speak. */
  readonly chosen: boolean
}

export type PickerStep =
  | { readonly _tag: "Done"; readonly shown: string }
  | { readonly _tag: "Open" }
  | { readonly _tag: "Press"; readonly row: PickerRow; readonly leaf: boolean }
  | { readonly _tag: "Slide"; readonly to: number }
  | { readonly _tag: "Unavailable"; readonly why: string; readonly there: ReadonlyArray<string> }
  /** The page holds what was wanted, but does not say so clearly. */
  | { readonly _tag: "Unverified"; readonly why: string }

type Picker = SiteDefinition["picker"]

interface Read extends Named {
  readonly row: PickerRow
  readonly kind: "leaf" | "opener" | "effortBox" | "switch" | "other"
}

const says = (text: string, sources: ReadonlyArray<string>): boolean =>
  sources.some((source) => new RegExp(source, "iu").test(text.trim()))

export const rowKey = (row: PickerRow): string => `${row.kind} ${row.name} ${row.testId}`

const kindOf = (picker: Picker, row: PickerRow, words: Named): Read["kind"] => {
  if (row.kind === "close") return "other"
  if (row.kind === "switch") return "switch"
  if (row.kind === "combobox") {
    return says(row.name, picker.effort) || says(row.name, picker.proEffort)
      ? "effortBox"
      : "other"
  }
  if (says(row.name, picker.autoSwitch)) return "switch"
  const opens = row.expandable || says(row.name, [...picker.configure, ...picker.advanced, ...picker.proEffort])
    || row.testId.includes("thinking-effort")
  if (opens) return "opener"
  return words.tier !== null || words.effort !== null ? "leaf" : "other"
}

const readRow = (picker: Picker, row: PickerRow): Read => {
  const byName = named(picker, row.name)
  const byText = byName.tier === null && byName.effort === null ? named(picker, row.description) : byName
  const words = byText.tier === null && byText.effort === null ? namedById(picker, row.testId) : byText
  return { ...words, row, kind: kindOf(picker, row, words) }
}

const compactTiers = new Set(["medium", "high", "extra_high"])

const names = (
  rows: ReadonlyArray<Read>
): ReadonlyArray<string> => [
  ...new Set(
    rows.filter((read) => read.kind === "leaf").map((read) =>
      `${read.row.name}${read.row.disabled ? " (unavailable)" : ""}`
    )
  )
]

const fits = (read: Read, wanted: Wanted, compact: boolean): boolean => {
  if (wanted.family === "pro") return read.tier === "pro" && read.effort === wanted.effort
  if (compact) return read.tier === wanted.compact
  if (wanted.family === "instant") return read.tier === "instant"
  return read.tier === "thinking" && read.effort === wanted.effort
}

const press = (row: PickerRow, leaf: boolean): PickerStep => ({ _tag: "Press", row, leaf })

const settle = (
  read: Read,
  memory: PickerMemory,
  rows: ReadonlyArray<Read>,
  view: PickerView,
  picker: Picker,
  wanted: Wanted
): PickerStep => {
  if (read.row.checked) return { _tag: "Done", shown: read.row.name }
  if (read.row.disabled) {
    return {
      _tag: "Unavailable",
      why: `${read.row.name} is disabled${read.row.description === "" ? "" : ` (${read.row.description})`}`,
      there: names(rows)
    }
  }
  if (!memory.pressed.has(rowKey(read.row))) return press(read.row, true)
  const marks = rows.some((other) => other.row.checked)
  const pill = named(picker, view.trigger ?? "")
  const pillSays = pill.tier !== null && pill.tier === read.tier &&
    (wanted.family !== "pro" || pill.effort === wanted.effort)
  return !marks && memory.chosen && pillSays
    ? { _tag: "Done", shown: view.trigger ?? read.row.name }
    : { _tag: "Unverified", why: `${read.row.name} was pressed, but the page does not mark it as chosen` }
}

const slide = (picker: Picker, slider: NonNullable<PickerView["slider"]>, wanted: Wanted): PickerStep => {
  const index = picker.sliderTiers.indexOf(wanted.compact)
  const to = slider.min + index
  if (index === -1 || to > slider.max) {
    return { _tag: "Unavailable", why: `the slider ends at step ${slider.max - slider.min + 1}`, there: [slider.text] }
  }
  if (slider.now !== to) {
    return slider.disabled
      ? { _tag: "Unavailable", why: "the slider is disabled", there: [slider.text] }
      : { _tag: "Slide", to }
  }
  const shown = named(picker, slider.text).tier
  if (shown !== null && shown !== wanted.compact) {
    return { _tag: "Unverified", why: `the slider stands right but says "${slider.text}"` }
  }
  return { _tag: "Done", shown: slider.text === "" ? `step ${index + 1}` : slider.text.replace(/[,.].*$/, "") }
}

/** Sets effort and switch of a sheet whose family is chosen already. */
const adjust = (
  family: Read,
  rows: ReadonlyArray<Read>,
  wanted: Wanted,
  memory: PickerMemory,
  picker: Picker
): PickerStep => {
  const boxes = rows.filter((read) => read.kind === "effortBox")
  const box = boxes.find((read) => says(read.row.name, picker.proEffort) === (wanted.family === "pro")) ?? boxes[0]
  const autoSwitch = rows.find((read) => read.kind === "switch" && says(read.row.name, picker.autoSwitch))
  if (wanted.effort !== null && box !== undefined) {
    const value = named(picker, box.row.description.replace(new RegExp(picker.effort.join("|"), "iu"), "")).effort
    if (value !== wanted.effort) {
      const option = rows.find((read) => read.kind === "leaf" && read.tier === null && read.effort === wanted.effort)
      if (option !== undefined && !option.row.disabled && !memory.pressed.has(rowKey(option.row))) {
        return press(option.row, true)
      }
      if (!memory.pressed.has(rowKey(box.row))) return press(box.row, false)
      return {
        _tag: "Unavailable",
        why: `no effort "${wanted.effort}"`,
        there: rows.filter((read) => read.effort !== null).map((read) => read.row.name)
      }
    }
  } else if (wanted.family === "thinking" && wanted.effort !== "standard") {
    const chosen = rows.find((read) => read.kind === "leaf" && read.tier === null && read.effort === wanted.effort)
    if (chosen === undefined) {
      return { _tag: "Unavailable", why: `the page has no effort "${wanted.effort}"`, there: names(rows) }
    }
    return chosen.row.checked
      ? { _tag: "Done", shown: `${family.row.name} ${chosen.row.name}` }
      : press(chosen.row, true)
  }
  if (wanted.family === "instant" && autoSwitch !== undefined && autoSwitch.row.checked !== wanted.autoSwitch) {
    return memory.pressed.has(rowKey(autoSwitch.row))
      ? { _tag: "Unverified", why: `${autoSwitch.row.name} does not change` }
      : press(autoSwitch.row, true)
  }
  const effort = box === undefined || wanted.effort === null ? "" : ` ${wanted.effort}`
  return { _tag: "Done", shown: `${family.row.name}${effort}` }
}

const opener = (
  rows: ReadonlyArray<Read>,
  memory: PickerMemory,
  accept: (read: Read) => boolean
): PickerStep | null => {
  const found = rows.find((read) =>
    read.kind === "opener" && !read.row.disabled && !memory.pressed.has(rowKey(read.row)) && accept(read)
  )
  return found === undefined ? null : press(found.row, false)
}

const inRows = (picker: Picker, view: PickerView, wanted: Wanted, memory: PickerMemory): PickerStep => {
  const rows = view.rows.map((row) => readRow(picker, row))
  const leaves = rows.filter((read) => read.kind === "leaf")
  const compact = leaves.some((read) => read.tier !== null && compactTiers.has(read.tier))
  const exact = leaves.filter((read) => fits(read, wanted, compact))
  const best = exact.find((read) => read.row.checked) ?? exact.find((read) => !read.row.disabled) ?? exact[0]
  const sheet = rows.some((read) => read.kind === "effortBox" || (read.kind === "switch" && read.row.dialog))
  if (best !== undefined && (compact || wanted.family !== "instant" || !sheet)) {
    return settle(best, memory, rows, view, picker, wanted)
  }

  const proOpener = wanted.family === "pro"
    ? opener(
      rows,
      memory,
      (read) =>
        says(read.row.name, picker.proEffort) || read.row.testId.includes("pro-thinking-effort") || read.tier === "pro"
    )
    : null
  if (proOpener !== null) return proOpener

  const family = leaves.find((read) => read.tier === wanted.family && (read.effort === null || read === best))
  if (family !== undefined) {
    if (family.row.disabled || (!family.row.checked && !memory.pressed.has(rowKey(family.row)))) {
      return settle(family, memory, rows, view, picker, wanted)
    }
    if (compact) return settle(family, memory, rows, view, picker, wanted)
    const effortOpener = wanted.effort === null
      ? null
      : opener(
        rows,
        memory,
        (read) =>
          says(read.row.name, [...picker.effort, ...picker.proEffort]) || read.row.testId.includes("thinking-effort")
      )
    if (effortOpener !== null && !sheet) return effortOpener
    const configure = sheet ? null : opener(rows, memory, (read) => says(read.row.name, picker.configure))
    if (configure !== null) return configure
    return adjust(family, rows, wanted, memory, picker)
  }
  const deeper = opener(rows, memory, (read) => says(read.row.name, [...picker.configure, ...picker.advanced]))
    ?? opener(rows, memory, (read) => read.tier === wanted.compact || read.tier === wanted.family)
    ?? opener(
      rows,
      memory,
      (read) => says(read.row.name, picker.effort) || /^(model|gpt|latest|modell|模型|モデル|모델)/i.test(read.row.name)
    )
  return deeper ?? { _tag: "Unavailable", why: "the page does not offer it", there: names(rows) }
}

/** What a chip in the composer proves: tier and effort together, never a bare `Pro`. */
const chipProves = (picker: Picker, view: PickerView, wanted: Wanted): string | null => {
  for (const chip of view.chips) {
    const words = named(picker, chip)
    const tier = words.tier ?? (words.effort === null ? null : "thinking")
    const effort = words.effort ?? "standard"
    const instant = wanted.family === "instant" && tier === "instant" && !wanted.autoSwitch
    const pro = wanted.family === "pro" && tier === "pro" && words.effort === wanted.effort
    const thinking = wanted.family === "thinking" && tier === "thinking" && effort === wanted.effort
    if (instant || pro || thinking) return chip
  }
  return null
}

export const decide = (picker: Picker, view: PickerView, wanted: Wanted, memory: PickerMemory): PickerStep => {
  if (view.slider !== null) return slide(picker, view.slider, wanted)
  if (view.rows.length > 0) return inRows(picker, view, wanted, memory)
  const chip = chipProves(picker, view, wanted)
  if (chip !== null) return { _tag: "Done", shown: chip }
  return view.trigger === null
    ? { _tag: "Unavailable", why: "the page has no model picker (modelTrigger)", there: [] }
    : { _tag: "Open" }
}

/** False when the closed pill names another tier than the wanted one. */
export const pillAgrees = (picker: Picker, trigger: string | null, wanted: Wanted): boolean => {
  if (trigger === null) return true
  const words = trigger.split(/\s(?=\p{L}|\d)/u).map((_, index, parts) =>
    named(picker, parts.slice(index).join(" ")).tier
  )
  const tier = words.find((found) => found !== null) ?? null
  return tier === null || tier === wanted.compact || tier === wanted.family
}
