/** Building elements. */

export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: ReadonlyArray<Node | string>
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

export const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`no #${id}`)
  return element
}

/** Tells the server that something pressed a control that nobody may press. */
export const report = (kind: "untrusted" | "forbidden"): void => {
  void fetch("/imitation/clicks", { method: "POST", body: kind })
}
