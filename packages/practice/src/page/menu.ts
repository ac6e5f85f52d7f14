/** A menu that opens beside its button and closes on Escape, on a choice and on a click elsewhere. */
import { h, set } from "./dom.ts"

export interface OpenMenu {
  readonly element: HTMLElement
  readonly close: () => void
  /** Puts the menu beside its button once more, after its size has changed. */
  readonly place: () => void
}

export interface MenuOptions {
  readonly role?: "menu" | "listbox"
  readonly onClose?: () => void
}

let count = 0

export const openMenu = (
  anchor: HTMLElement,
  content: ReadonlyArray<Node>,
  label: string,
  options: MenuOptions = {}
): OpenMenu => {
  count += 1
  const element = h("div", {
    role: options.role ?? "menu",
    id: `radix-menu-${count}`,
    class: "menu",
    "data-radix-menu-content": true,
    "data-state": "open",
    tabindex: -1,
    "aria-label": label
  }, ...content)
  const wrapper = h("div", { "data-radix-popper-content-wrapper": true }, element)
  const close = () => {
    wrapper.remove()
    set(anchor, "aria-expanded", "false")
    set(anchor, "data-state", "closed")
    set(anchor, "aria-controls", null)
    document.removeEventListener("keydown", onKey, true)
    document.removeEventListener("pointerdown", onPointer, true)
    options.onClose?.()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return
    event.stopPropagation()
    close()
  }
  const onPointer = (event: PointerEvent) => {
    const { target } = event
    if (!(target instanceof Element)) return
    if (!wrapper.contains(target) && !anchor.contains(target) && target.closest(".menu") === null) close()
  }
  document.body.append(wrapper)
  place(anchor, element)
  set(anchor, "aria-expanded", "true")
  set(anchor, "data-state", "open")
  set(anchor, "aria-controls", element.id === "" ? null : element.id)
  document.addEventListener("keydown", onKey, true)
  document.addEventListener("pointerdown", onPointer, true)
  return { element, close, place: () => place(anchor, element) }
}

export const menuItem = (
  attributes: Readonly<Record<string, string | boolean>>,
  content: ReadonlyArray<Node | string>,
  onChoose: () => void
): HTMLElement => {
  const item = h(
    "div",
    { role: "menuitem", tabindex: -1, "data-radix-collection-item": true, ...attributes },
    ...content
  )
  item.addEventListener("click", (event) => {
    if (event.isTrusted && item.getAttribute("aria-disabled") !== "true") onChoose()
  })
  item.addEventListener("keydown", (event) => {
    if (event.isTrusted && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault()
      if (item.getAttribute("aria-disabled") !== "true") onChoose()
    }
  })
  return item
}

const place = (anchor: HTMLElement, menu: HTMLElement): void => {
  const box = anchor.getBoundingClientRect()
  const size = menu.getBoundingClientRect()
  const below = box.bottom + size.height + 8 < innerHeight
  menu.style.top = `${Math.max(4, below ? box.bottom + 4 : box.top - size.height - 4)}px`
  menu.style.left = `${Math.max(4, Math.min(box.left, innerWidth - size.width - 4))}px`
}
