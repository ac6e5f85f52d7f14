/** What one generation of the model picker has to say about itself. */
import type { ModelSelection } from "../../wire.ts"

/** The choice that an open menu works on. */
export interface Choice {
  readonly current: () => ModelSelection
  /** Takes effect for good and closes the menu; the closed picker is a new node afterwards. */
  readonly choose: (selection: ModelSelection) => void
  /** Takes effect for good while the menu stays open. */
  readonly adjust: (selection: ModelSelection) => void
  /** A menu beside the row, which closes together with the whole. */
  readonly openSubmenu: (row: HTMLElement, rows: ReadonlyArray<Node>, label: string) => void
  readonly close: () => void
}

export interface Layout {
  readonly place: "composer" | "header"
  /** The number behind `latest` at the time of this generation. */
  readonly latest: string
  readonly menuLabel: string
  /** A button with the present choice on it. */
  readonly trigger: (selection: ModelSelection) => HTMLButtonElement
  readonly content: (choice: Choice) => ReadonlyArray<Node>
  /** Buttons beside the trigger that show what is chosen and take it back. */
  readonly chips?: (choice: Choice) => ReadonlyArray<Node>
}
