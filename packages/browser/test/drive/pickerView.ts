/** Views of a model picker, made of as little as a test wants to say. */
import type { PickerRow, PickerView } from "@effect-oracle/browser/page-script/protocol"

export type RowInput = Partial<PickerRow> & { readonly name: string }

export const pickerView = (rows: ReadonlyArray<RowInput>, over: Partial<PickerView> = {}): PickerView => ({
  trigger: "Model",
  triggerNames: ["Model"],
  effort: null,
  open: rows.length > 0,
  chips: [],
  slider: null,
  rows: rows.map((row, index) => ({
    index,
    title: row.name,
    description: "",
    testId: "",
    checked: false,
    disabled: false,
    expandable: false,
    expanded: false,
    kind: "row",
    dialog: false,
    ...row
  })),
  ...over
})
