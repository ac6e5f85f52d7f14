/** The pill of a chosen tool inside the text of the composer; it is no part of the message. */
import { h } from "./dom.ts"

const pill = "[data-inline-selection-pill]"

export const holdsPill = (editor: Element): boolean => editor.querySelector(pill) !== null

export const isPill = (node: Node): boolean => node instanceof Element && node.matches(pill)

/** Text without the marks of no width that give the caret a place behind the pill. */
export const withoutMarks = (text: string): string => text.replaceAll(/[\uFEFF\u200B]/g, "")

export const searchPill = (): ReadonlyArray<Node> => [
  h(
    "span",
    {
      contenteditable: "false",
      "data-inline-selection-pill": true,
      "data-id": "search",
      "data-system-hint-type": "search",
      class: "pill"
    },
    "Search"
  ),
  h("span", { "data-inline-selection-pill-cursor-target": true }, "\uFEFF\u200B")
]
