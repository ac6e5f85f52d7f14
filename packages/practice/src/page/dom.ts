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
export const button = (attributes: Attributes, content: string | Node, onClick: (event: MouseEvent) => void): HTMLButtonElement => {
  const element = h("button", { type: "button", ...attributes }, content)
  element.addEventListener("click", (event) => {
    if (event.isTrusted) onClick(event)
  })
  return element
}

export const icon = (glyph: string): HTMLSpanElement => h("span", { "aria-hidden": "true" }, glyph)
