/** The regions of the page: sidebar, composer, overlays, and the rest that belongs to nobody. */
import { all, enabled, first, joined, nameOf, visible, within } from "./dom.ts"
import { oncePerScan } from "./scan.ts"
import type { PageSite } from "./site.ts"
import { says } from "./words.ts"

const origin = (address: string): string => {
  try {
    return new URL(address).origin
  } catch {
    return "null"
  }
}

export const isOwn = (site: PageSite, address: string): boolean => site.origins.includes(origin(address))

export const isAuthPage = (site: PageSite, address: string): boolean => {
  const at = origin(address)
  if (site.authOrigins.includes(at)) return true
  if (!site.origins.includes(at)) return false
  const { pathname } = new URL(address)
  return site.paths.auth.some((prefix) =>
    pathname === prefix || pathname.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`)
  )
}

/** Elements that list the history or navigate: nav and aside that are not part of the thread. */
export const sidebars = (site: PageSite): Array<Element> => oncePerScan(sidebars, () => findSidebars(site))

const findSidebars = (site: PageSite): Array<Element> =>
  all(document, site.selectors.sidebar).filter((element) =>
    element.querySelector(joined(site.selectors.turn)) === null
    && element.querySelector(joined(site.selectors.composerInput)) === null
    && (element.querySelector(joined(site.selectors.historyLink)) !== null || says(
      `${element.id} ${element.getAttribute("aria-label") ?? ""} ${element.className}`,
      site.labels.sidebar
    ))
  )

const editable = (element: Element): boolean =>
  element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement
    ? !element.readOnly
    : element instanceof HTMLElement && element.isContentEditable

const isComposerInput = (site: PageSite, element: Element): boolean => {
  const name = nameOf(element, 120)
  return visible(element)
    && !says(name, site.labels.notComposerInput)
    && element.getAttribute("type") !== "search"
    && !within(element, site.selectors.turn)
    && !within(element, site.selectors.dialog)
    && (element.matches("textarea,input") || editable(element) || element.getAttribute("contenteditable") === "false")
}

export const composerInput = (site: PageSite): HTMLElement | null =>
  oncePerScan(composerInput, () => findComposerInput(site))

const findComposerInput = (site: PageSite): HTMLElement | null => {
  const found = first(document, site.selectors.composerInput, (element) => isComposerInput(site, element))
  return found instanceof HTMLElement ? found : null
}

/** The element that holds input, attachments and controls of the composer. */
export const composerRoot = (site: PageSite, input: Element | null = composerInput(site)): Element | null => {
  if (input === null) return null
  for (const selector of site.selectors.composerRoot) {
    const root = input.closest(selector)
    if (root !== null) return root
  }
  let root: Element = input
  for (let depth = 0; depth < 6 && root.parentElement !== null && root.parentElement !== document.body; depth += 1) {
    const parent: Element = root.parentElement
    if (parent.matches("main,[role=main]") || parent.querySelector(joined(site.selectors.turn)) !== null) break
    root = parent
    if (root.querySelector("button") !== null && root.querySelector("input[type=file]") !== null) break
  }
  return root
}

export const sendButton = (site: PageSite): Element | null => {
  const root = composerRoot(site)
  if (root === null) return null
  const fits = (element: Element) => visible(element) && !isStop(site, element)
  return first(root, site.selectors.sendButton, fits)
    ?? first(root, ["button", "[role=button]"], (element) => fits(element) && says(nameOf(element), site.labels.send))
    ?? first(
      document,
      site.selectors.sendButton.filter((selector) => selector.includes("send")),
      (element) => fits(element) && !within(element, site.selectors.turn) && !within(element, site.selectors.dialog)
    )
}

const isStop = (site: PageSite, element: Element): boolean => {
  const name = nameOf(element)
  if (says(name, site.labels.notStop)) return false
  return element.matches(joined(site.selectors.stopButton)) || says(name, site.labels.stop)
}

/** The control that ends the generation; never one of a turn, of dictation or of reading aloud. */
export const stopButton = (site: PageSite): Element | null => {
  const fits = (element: Element) => visible(element) && isStop(site, element) && !within(element, site.selectors.turn)
  const known = first(document, site.selectors.stopButton, fits)
  if (known !== null) return known
  const root = composerRoot(site)
  return root === null ? null : first(root, ["button", "[role=button]"], fits)
}

export const attachButton = (site: PageSite): Element | null => {
  const root = composerRoot(site)
  if (root === null) return null
  return first(root, site.selectors.attachButton)
    ?? first(
      root,
      ["button", "[role=button]", "label"],
      (element) => visible(element) && says(nameOf(element), site.labels.attach)
    )
    ?? first(
      document,
      site.selectors.attachButton,
      (element) => visible(element) && !within(element, site.selectors.turn)
    )
}

const imageOnly = (input: HTMLInputElement): boolean => {
  const kinds = input.accept.split(",").map((kind) => kind.trim().toLowerCase()).filter((kind) => kind !== "")
  return kinds.length > 0
    && kinds.every((kind) =>
      /^(image|video|audio)\//.test(kind) || /^\.(png|jpe?g|gif|webp|heic|avif|bmp|svg|mp4|mov)$/.test(kind)
    )
}

/** File inputs that take any file, the best first: those of the composer before those elsewhere. */
export const fileInputs = (site: PageSite): Array<HTMLInputElement> => {
  const root = composerRoot(site)
  const ordered = site.selectors.fileInput.flatMap((selector) => all(document, [selector]))
  const usable = [...new Set(ordered)].filter((element): element is HTMLInputElement =>
    element instanceof HTMLInputElement && !element.disabled && !imageOnly(element) &&
    !within(element, site.selectors.turn)
  )
  const rank = (input: HTMLInputElement) =>
    (root?.contains(input) === true ? 0 : 1) + (within(input, site.selectors.dialog) ? 2 : 0)
  return usable.toSorted((a, b) => rank(a) - rank(b))
}

/** Dialogs that stand open. */
export const dialogs = (site: PageSite): Array<Element> =>
  all(document, site.selectors.dialog).filter((element, _, list) =>
    visible(element) && !list.some((other) => other !== element && other.contains(element))
  )

/** A tall panel at the side, such as the one that shows what a model thinks: it lies over nothing. */
export const isPanel = (dialog: Element): boolean => {
  if (dialog.getAttribute("aria-modal") === "true" || dialog.getAttribute("role") === "alertdialog") return false
  const box = dialog.getBoundingClientRect()
  return box.left >= innerWidth * 0.35 && box.right >= innerWidth - 24 && box.height >= innerHeight * 0.6
}

export const controlView = (element: Element) => ({
  role: element.matches("a[href]") ? "link" as const : "button" as const,
  name: nameOf(element, 120),
  enabled: enabled(element)
})
