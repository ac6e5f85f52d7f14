/** Builds elements; under the drift layout it leaves out the ids and test ids of the present one. */
import { bootstrap } from "./bootstrap.ts"

export type Attributes = Readonly<Record<string, string | number | boolean | null>>

export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: ReadonlyArray<Node | string>
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) set(element, name, value)
  element.append(...children)
  return element
}

/** Sets or, for null and false, removes an attribute. */
export const set = (element: Element, name: string, value: string | number | boolean | null): void => {
  if (bootstrap.page.labels === "drift" && (name === "data-testid" || name === "id")) return
  if (value === null || value === false) element.removeAttribute(name)
  else element.setAttribute(name, value === true ? "" : String(value))
}

/** A button that takes only clicks by hand. */
export const button = (
  attributes: Attributes,
  content: string | Node,
  onClick: (event: MouseEvent) => void
): HTMLButtonElement => {
  const element = h("button", { type: "button", ...attributes }, content)
  element.addEventListener("click", (event) => {
    if (event.isTrusted) onClick(event)
  })
  return element
}

/** A line drawing on a 20×20 grid. */
export const icon = (name: keyof typeof drawings): HTMLSpanElement => {
  const span = document.createElement("span")
  span.setAttribute("aria-hidden", "true")
  span.className = "icon"
  span.innerHTML =
    `<svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.6"><path d="${
      drawings[name]
    }"/></svg>`
  return span
}

const drawings = {
  plus: "M10 4v12M4 10h12",
  up: "M10 16V4M5 9l5-5 5 5",
  square: "M6 6h8v8H6z",
  cross: "M5 5l10 10M15 5L5 15",
  file: "M5 2h7l3 3v13H5zM12 2v4h3",
  spinner: "M10 3a7 7 0 1 0 7 7",
  again: "M16 10a6 6 0 1 1-2-4.500M14 2v4h-4",
  microphone: "M8 3h4v8H8zM5 10a5 5 0 0 0 10 0M10 15v3",
  pencil: "M3 17l1-4 9-9 3 3-9 9z",
  copy: "M7 7h9v9H7zM4 13V4h9",
  good: "M4 9h3v7H4zM7 9l3-6 2 1-1 4h5l-1 8H7",
  bad: "M4 4h3v7H4zM7 11l3 6 2-1-1-4h5l-1-8H7",
  share: "M10 12V3M6 6l4-4 4 4M4 10v7h12v-7",
  more: "M4 10h1M10 10h1M15 10h1",
  save: "M10 3v10M6 9l4 4 4-4M4 17h12"
} as const
