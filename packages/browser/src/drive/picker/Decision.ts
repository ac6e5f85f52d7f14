/** Decides the next step in a model picker from what it shows; one decision for all layouts. Pure. */
import type { PickerRow, PickerView } from "../../page-script/protocol.ts"
import { says } from "../../page-script/words.ts"
import { compactIn, type Picker, readRow, type Row, rowKey } from "./Rows.ts"
import { named, type Wanted } from "./Vocabulary.ts"

export interface PickerMemory {
  /** Keys of the rows that were pressed, so that nothing is pressed for ever. */
  readonly pressed: ReadonlySet<string>
  /** A leaf was pressed on purpose: from then on the closed pill may speak. */
  readonly chosen: boolean
}

export type PickerStep =
  | { readonly _tag: "Done"; readonly shown: string }
  | { readonly _tag: "Open" }
  /** Opens the control that the page has for the effort alone. */
  | { readonly _tag: "OpenEffort" }
  | { readonly _tag: "Press"; readonly row: PickerRow; readonly leaf: boolean }
  | { readonly _tag: "Slide"; readonly to: number }
  | { readonly _tag: "Unavailable"; readonly why: string; readonly there: ReadonlyArray<string> }
  /** The page may hold what was wanted, but does not say so clearly. */
  | { readonly _tag: "Unverified"; readonly why: string }

interface Scene {
  readonly picker: Picker
  readonly view: PickerView
  readonly wanted: Wanted
  readonly memory: PickerMemory
  readonly rows: ReadonlyArray<Row>
  readonly leaves: ReadonlyArray<Row>
  /** One list of levels instead of families and efforts. */
  readonly compact: boolean
  /** A dialog with controls for effort or switch stands open. */
  readonly sheet: boolean
}

const done = (shown: string): PickerStep => ({ _tag: "Done", shown })

const unverified = (why: string): PickerStep => ({ _tag: "Unverified", why })

const unavailable = (scene: Scene, why: string): PickerStep => ({
  _tag: "Unavailable",
  why,
  there: [
    ...new Set(
      scene.rows.filter(({ kind, row }) => kind === "leaf" || (kind === "other" && says(row.name, scene.picker.auto)))
        .map(({ row }) => `${row.title}${row.disabled ? " (unavailable)" : ""}`)
    )
  ]
})

const wasPressed = (scene: Scene, { row }: Row): boolean => scene.memory.pressed.has(rowKey(row))

const press = ({ row }: Row, leaf: boolean): PickerStep => ({ _tag: "Press", row, leaf })

/** True when nothing but the pill says what is chosen, and it says the right thing after a press. */
const pillProves = (scene: Scene, leaf: Row): boolean => {
  if (!scene.memory.chosen || scene.rows.some(({ row }) => row.checked)) return false
  return scene.view.triggerNames.some((name) => {
    const words = named(scene.picker, name.replace(/^chatgpt\s+/i, ""))
    return words.tier !== null && words.tier === leaf.tier && (leaf.effort === null || words.effort === leaf.effort)
  })
}

/** Chooses one leaf and believes it when the page marks it. */
const choose = (scene: Scene, leaf: Row): PickerStep => {
  const { row } = leaf
  if (row.checked) return done(row.title)
  if (row.disabled) {
    return unavailable(scene, `${row.title} is disabled${row.description === "" ? "" : ` (${row.description})`}`)
  }
  if (!wasPressed(scene, leaf)) return press(leaf, true)
  return pillProves(scene, leaf)
    ? done(scene.view.trigger ?? row.title)
    : unverified(`${row.title} was pressed, but the page does not mark it as chosen`)
}

const opener = (scene: Scene, accept: (row: Row) => boolean): PickerStep | null => {
  const found = scene.rows.find((read) =>
    read.kind === "opener" && !read.row.disabled && !wasPressed(scene, read) && accept(read)
  )
  return found === undefined ? null : press(found, false)
}

const best = (rows: ReadonlyArray<Row>): Row | undefined =>
  rows.find(({ row }) => row.checked) ?? rows.find(({ row }) => !row.disabled) ?? rows[0]

const inCompact = (scene: Scene): PickerStep => {
  const { leaves, wanted } = scene
  if (wanted.family !== "pro") {
    const level = best(leaves.filter(({ tier }) => tier === wanted.compact))
    return level === undefined ? unavailable(scene, "the page does not offer it") : choose(scene, level)
  }
  const exact = best(leaves.filter(({ effort, tier }) => tier === "pro" && effort === wanted.effort))
  if (exact !== undefined) return choose(scene, exact)
  const deeper = opener(scene, (read) => read.tier === "pro" || read.effortOf === "pro")
  if (deeper !== null) return deeper
  const named = leaves.filter(({ effort, tier }) => tier === "pro" && effort !== null)
  const bare = best(leaves.filter(({ effort, tier }) => tier === "pro" && effort === null))
  if (named.length > 0 || bare === undefined) return unavailable(scene, "the page does not offer it")
  return choose(scene, bare)
}

const family = (scene: Scene): Row | undefined => best(scene.leaves.filter(({ tier }) => tier === scene.wanted.family))

/** The switch stands beside Instant only; while it is on, some pages mark no family at all. */
const withSwitch = (scene: Scene, chosen: Row, toggle: Row): PickerStep => {
  const { autoSwitch } = scene.wanted
  if (toggle.row.checked !== autoSwitch) {
    if (autoSwitch && !chosen.row.checked) return choose(scene, chosen)
    if (toggle.row.disabled) return unavailable(scene, `${toggle.row.title} is disabled`)
    return wasPressed(scene, toggle) ? unverified(`${toggle.row.title} does not change`) : press(toggle, true)
  }
  return autoSwitch ? done(`${chosen.row.title}, ${toggle.row.title}`) : choose(scene, chosen)
}

/** Sets the effort of a dialog whose family is chosen already. */
const inSheet = (scene: Scene, chosen: Row): PickerStep => {
  const { picker, rows, wanted } = scene
  if (wanted.family === "instant") return done(chosen.row.title)
  const boxes = rows.filter((read) => read.kind === "effortBox")
  const box = boxes.find((read) => read.effortOf === wanted.family) ?? boxes[0]
  if (box === undefined) return withoutEffort(scene, chosen)
  const shown = named(picker, box.value).effort
  if (shown === wanted.effort) return done(`${chosen.row.title}, ${box.value}`)
  const option = scene.leaves.find(({ effort, tier }) => tier === null && effort === wanted.effort)
  if (option !== undefined && !option.row.disabled && !wasPressed(scene, option)) return press(option, true)
  if (!box.row.disabled && !wasPressed(scene, box)) return press(box, false)
  return unavailable(scene, `the page has no effort "${wanted.effort ?? ""}"`)
}

/** A family that has no control for its effort is taken as it is, where that is what was wanted. */
const withoutEffort = (scene: Scene, chosen: Row): PickerStep => {
  const { picker, view, wanted } = scene
  if (view.effort !== null && wanted.effort !== null && !scene.sheet) {
    if (!chosen.row.checked && !wasPressed(scene, chosen)) return choose(scene, chosen)
    return named(picker, view.effort).effort === wanted.effort
      ? done(`${chosen.row.title}, ${view.effort}`)
      : { _tag: "OpenEffort" }
  }
  const plain = wanted.family !== "thinking" || wanted.effort === "standard" || wanted.effort === null
  if (!plain || (chosen.effort !== null && chosen.effort !== wanted.effort)) {
    return unavailable(scene, `the page has no effort "${wanted.effort ?? ""}"`)
  }
  return choose(scene, chosen)
}

/** An effort in a menu of its own, which opened for this family. */
const inEfforts = (scene: Scene, chosen: Row | undefined, efforts: ReadonlyArray<Row>): PickerStep => {
  const target = efforts.find(({ effort }) => effort === scene.wanted.effort)
  if (target === undefined) return unavailable(scene, `the page has no effort "${scene.wanted.effort ?? ""}"`)
  if (!target.row.checked || chosen === undefined || chosen.row.checked) return choose(scene, target)
  return chosen.effort === null || chosen.effort === scene.wanted.effort
    ? choose(scene, chosen)
    : unavailable(scene, `the page offers ${chosen.row.title} alone`)
}

/** False for a row that names another effort where nothing in sight could change it afterwards. */
const leadsToEffort = ({ rows, sheet, wanted }: Scene, { effort }: Row): boolean =>
  sheet || effort === null || effort === wanted.effort || rows.some(({ effortOf }) => effortOf !== null)

const inFamilies = (scene: Scene, chosen: Row): PickerStep => {
  const { memory, picker, rows, sheet, wanted } = scene
  const auto = rows.find(({ row }) => row.kind === "row" && says(row.name, picker.auto))
  if (wanted.autoSwitch && auto !== undefined && !sheet) return choose(scene, auto)
  if (chosen.row.disabled && !chosen.row.checked) return choose(scene, chosen)
  const exact = best(
    scene.leaves.filter(({ effort, tier }) =>
      tier === wanted.family && wanted.effort !== null && effort === wanted.effort
    )
  )
  if (exact !== undefined) return choose(scene, exact)
  if (!sheet && wanted.effort !== null) {
    const own = opener(scene, (read) => read.effortOf === wanted.family)
    if (own !== null) return own
  }
  const configure = sheet ? null : opener(scene, ({ row }) => says(row.name, picker.configure))
  if (configure !== null && (wanted.effort !== null || wanted.family === "instant")) return configure
  const toggle = rows.find((read) => read.kind === "switch")
  if (wanted.family === "instant" && toggle !== undefined) return withSwitch(scene, chosen, toggle)
  if (!chosen.row.checked) return leadsToEffort(scene, chosen) ? choose(scene, chosen) : withoutEffort(scene, chosen)
  if (sheet) return inSheet(scene, chosen)
  const shared = wanted.effort === null ? null : opener(scene, (read) => read.effortOf === "any")
  if (shared !== null) return shared
  return wanted.family === "instant" && !memory.chosen ? done(chosen.row.title) : withoutEffort(scene, chosen)
}

const inRows = (scene: Scene): PickerStep => {
  const { leaves, picker, wanted } = scene
  if (scene.compact) return inCompact(scene)
  const chosen = family(scene)
  const efforts = leaves.filter(({ effort, row, tier }) =>
    tier === null && effort !== null && !row.dialog
    && (row.kind === "row" || (row.kind === "option" && chosen === undefined))
  )
  if (efforts.length > 0 && wanted.effort !== null) return inEfforts(scene, chosen, efforts)
  if (chosen !== undefined) return inFamilies(scene, chosen)
  const deeper = opener(scene, ({ row }) => says(row.name, [...picker.configure, ...picker.advanced]))
    ?? opener(scene, ({ tier }) => tier === wanted.compact || tier === wanted.family)
    ?? opener(
      scene,
      (read) => read.effortOf !== null || says(read.row.name, picker.model)
    )
  return deeper ?? unavailable(scene, "the page does not offer it")
}

const onSlider = (scene: Scene, slider: NonNullable<PickerView["slider"]>): PickerStep => {
  const { picker, wanted } = scene
  const index = picker.sliderTiers.indexOf(wanted.compact)
  const to = slider.min + index
  const refuse = (why: string): PickerStep => ({ _tag: "Unavailable", why, there: [slider.text] })
  if (index === -1 || to > slider.max) return refuse(`the slider ends at step ${slider.max - slider.min + 1}`)
  if (slider.now !== to) return slider.disabled ? refuse("the slider is disabled") : { _tag: "Slide", to }
  const shown = named(picker, slider.text).tier
  if (shown !== null && shown !== wanted.compact) return unverified(`the slider stands right but says "${slider.text}"`)
  return done(slider.text === "" ? `step ${index + 1}` : slider.text.replace(/[,.，、].*$/u, ""))
}

/** What a chip in the composer proves: tier and effort together, never a bare `Pro`. */
const chipProves = ({ picker, view, wanted }: Scene): string | null => {
  for (const chip of view.chips) {
    const words = named(picker, chip)
    const tier = words.tier ?? (words.effort === null ? null : "thinking")
    const pro = wanted.family === "pro" && tier === "pro" && words.effort === wanted.effort
    const thinking = wanted.family === "thinking" && tier === "thinking" &&
      (words.effort ?? "standard") === wanted.effort
    if (pro || thinking) return chip
  }
  return null
}

export const decide = (picker: Picker, view: PickerView, wanted: Wanted, memory: PickerMemory): PickerStep => {
  const rows = view.rows.map((row) => readRow(picker, row))
  const leaves = rows.filter((read) => read.kind === "leaf")
  const sheet = rows.some((read) =>
    read.kind === "effortBox" || (read.kind === "switch" && read.row.dialog) ||
    (read.kind === "leaf" && read.row.dialog)
  )
  const scene: Scene = { picker, view, wanted, memory, rows, leaves, compact: compactIn(leaves), sheet }
  if (view.slider !== null) return onSlider(scene, view.slider)
  if (rows.length > 0) return inRows(scene)
  const chip = chipProves(scene)
  if (chip !== null) return done(chip)
  return view.trigger === null ? unavailable(scene, "the page has no model picker (modelTrigger)") : { _tag: "Open" }
}

/** False when the closed pill names another tier than the wanted one. */
export const pillAgrees = (picker: Picker, names: ReadonlyArray<string>, wanted: Wanted): boolean => {
  const tiers = names.filter((name) => !says(name, picker.effort)).map((name) => named(picker, name).tier).filter((
    tier
  ) => tier !== null)
  return tiers.length === 0 || tiers.some((tier) => tier === wanted.compact || tier === wanted.family)
}
