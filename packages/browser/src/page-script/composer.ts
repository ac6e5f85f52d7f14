/** Reads the composer: its text line by line, its attachments, its send control. */
import { all, buttons, enabled, first, fold, matches, nameOf, textOf, visible, within } from "./dom.ts"
import type { AttachmentView, ComposerView } from "./protocol.ts"
import { composerInput, composerRoot, fileInputs, sendButton, sidebars } from "./regions.ts"
import type { PageSite } from "./site.ts"
import { turnsOf } from "./turns.ts"
import { says } from "./words.ts"

const isBlock = (element: Element): boolean => /^(p|div|li|pre|h[1-6]|blockquote|ul|ol)$/i.test(element.tagName)

const pill = "[data-inline-selection-pill],[data-inline-selection-pill-cursor-target]"

const inlineText = (node: Node): string => {
  let text = ""
  for (const child of node.childNodes) {
    if (child instanceof Text) text += child.data
    else if (child instanceof HTMLBRElement) {
      text += child.matches(".ProseMirror-trailingBreak") || child === node.lastChild ? "" : "\n"
    } else if (child instanceof Element && !child.matches(pill)) text += inlineText(child)
  }
  return text
}

const linesOf = (element: Element): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let open: string | null = null
  const close = () => {
    if (open !== null) lines.push(open)
    open = null
  }
  for (const child of element.childNodes) {
    if (child instanceof Element && isBlock(child)) {
      close()
      const nested = Array.from(child.children).some(isBlock)
      lines.push(...(nested ? linesOf(child) : [inlineText(child)]))
    } else if (child instanceof HTMLBRElement) {
      if (open !== null || child !== element.lastChild) lines.push(open ?? "")
      open = child === element.lastChild ? null : ""
    } else if (!(child instanceof Element && child.matches(pill))) {
      open = (open ?? "") + (child instanceof Text ? child.data : inlineText(child))
    }
  }
  close()
  return lines
}

/** The text of the input with `\n` between lines. */
export const inputText = (input: Element): string =>
  input instanceof HTMLTextAreaElement || input instanceof HTMLInputElement ? input.value : linesOf(input).join("\n")

export const removeControls = (site: PageSite): ReadonlyArray<Element> => {
  const root = composerRoot(site)
  if (root === null) return []
  const known = all(root, site.selectors.attachmentRemove)
  const named = all(root, [buttons]).filter((element) => says(nameOf(element), site.labels.removeAttachment))
  return [...new Set([...known, ...named])].filter((element) =>
    visible(element) && !within(element, site.selectors.composerInput) && !within(element, [pill])
  )
}

const chips = (site: PageSite, root: Element): ReadonlyArray<Element> => {
  const input = composerInput(site)
  const found = all(root, site.selectors.attachment).filter((element) =>
    visible(element) && input?.contains(element) !== true && !element.contains(input) &&
    !element.matches(`${buttons},input`)
  )
  return found.filter((element) =>
    !found.some((other) => other !== element && other.contains(element) && matches(other, site.selectors.attachment))
  )
}

/** Some layouts show only how many files the draft has. */
const countOf = (site: PageSite, root: Element): Element | null => {
  const input = composerInput(site)
  return Array.from(root.querySelectorAll("*")).find((element) =>
    element.childElementCount === 0 && /^\s*\d+ (files?|attachments?)\s*$/i.test(element.textContent ?? "") &&
    visible(element) && input?.contains(element) !== true && !element.matches("option,script,style")
  ) ?? null
}

const chipLabel = (element: Element): string =>
  fold(`${element.getAttribute("aria-label") ?? ""} ${textOf(element, 300)}`)

const attachmentsOf = (site: PageSite, root: Element): ReadonlyArray<AttachmentView> => {
  const controls = removeControls(site)
  const shown = chips(site, root)
  const fromChips = shown.map((chip, index) => ({
    key: `chip:${index}:${chipLabel(chip)}`,
    label: chipLabel(chip),
    removable: controls.some((control) => chip.contains(control))
  }))
  const loose = controls.filter((control) => !shown.some((chip) => chip.contains(control))).map((control, index) => {
    const holder = control.parentElement ?? control
    const label = fold(`${nameOf(control)} ${holder === root ? "" : textOf(holder, 300)}`)
    return { key: `control:${index}:${label}`, label, removable: true }
  })
  const seen = [...fromChips, ...loose]
  const count = seen.length === 0 ? countOf(site, root) : null
  return count === null ? seen : [{ key: "count", label: fold(count.textContent ?? ""), removable: false }]
}

/** The control that removes the attachment with this key. */
export const removeControl = (site: PageSite, key: string): Element | null => {
  const root = composerRoot(site)
  if (root === null) return null
  const controls = removeControls(site)
  const [kind, position] = key.split(":")
  if (kind === "control") {
    const shown = chips(site, root)
    return controls.filter((control) => !shown.some((chip) => chip.contains(control)))[Number(position)] ?? null
  }
  const chip = chips(site, root)[Number(position)]
  return controls.find((control) => chip?.contains(control) === true) ?? null
}

/** Marks of uploads that go on. */
const busyMarks = (site: PageSite, root: Element): ReadonlyArray<Element> => {
  const input = composerInput(site)
  return all(root, site.selectors.attachmentBusy).filter((element) =>
    visible(element) && input?.contains(element) !== true
    && !(element instanceof HTMLProgressElement && element.max > 0 && element.value >= element.max)
  )
}

const percentOf = (element: Element): number | null => {
  const native = element instanceof HTMLProgressElement && element.hasAttribute("value")
  const now = native ? element.value : Number(element.getAttribute("aria-valuenow") ?? "NaN")
  const max = native ? element.max : Number(element.getAttribute("aria-valuemax") ?? "100")
  return Number.isFinite(now) && max > 0 ? Math.min(100, Math.max(0, Math.round((now / max) * 100))) : null
}

/** A visible error about an upload, outside thread and sidebar. */
const uploadError = (site: PageSite, root: Element): string | null => {
  const bars = sidebars(site)
  const turns = turnsOf(site)
  const outside = (element: Element) =>
    visible(element) && !bars.some((bar) => bar.contains(element)) && !turns.some((turn) => turn.contains(element))
    && !within(element, site.selectors.composerInput)
  const places = [...all(document, site.selectors.toast), ...all(document, site.selectors.dialog), ...chips(site, root)]
  const hit = places.find((element) => outside(element) && says(textOf(element, 400), site.labels.uploadError))
  return hit === undefined ? null : textOf(hit, 200)
}

const editorMarks =
  "[data-lexical-editor],[data-slate-editor],[class*=\"ql-editor\"],[class*=\"DraftEditor\"],[class*=\"cm-content\"]"

/** True for an editor that keeps a document of its own and draws the page from that; a class name alone makes none. */
const hasModel = (input: Element): boolean =>
  ["pmViewDesc", "__lexicalEditor", "ckeditorInstance"].some((name) => name in input) || input.matches(editorMarks)

/** What a page may read that asks the browser for the text: blocks of lines read otherwise in each way. */
const readsAlike = (input: HTMLElement, text: string): boolean =>
  [input.innerText, input.textContent ?? ""].every((read) => read === text || read === `${text}\n`)

export const composer = (site: PageSite): ComposerView => {
  const input = composerInput(site)
  const root = composerRoot(site, input)
  const send = sendButton(site)
  const busy = root === null ? [] : busyMarks(site, root)
  const inputs = root === null
    ? []
    : fileInputs(site).filter((element) => root.contains(element) || !within(element, site.selectors.dialog))
  return {
    present: input !== null,
    kind: input === null
      ? "none"
      : input instanceof HTMLTextAreaElement || input instanceof HTMLInputElement
      ? "textarea"
      : "editable",
    enabled: input !== null && enabled(input),
    text: input === null ? "" : inputText(input),
    readsAlike: !(input instanceof HTMLElement && input.isContentEditable) || hasModel(input) ||
      readsAlike(input, inputText(input)),
    sendPresent: send !== null,
    sendEnabled: send !== null && enabled(send),
    attachments: root === null ? [] : attachmentsOf(site, root),
    inputFiles: inputs.flatMap((element) => Array.from(element.files ?? []).map((file) => file.name)),
    uploading: busy.length > 0,
    uploadPercent: busy.map(percentOf).find((percent) => percent !== null) ?? null,
    uploadError: root === null ? null : uploadError(site, root)
  }
}

/** Focuses the input with everything selected. */
export const selectComposer = (site: PageSite): boolean => {
  const input = composerInput(site)
  if (input === null) return false
  input.focus()
  if (input instanceof HTMLTextAreaElement || input instanceof HTMLInputElement) {
    input.select()
    return true
  }
  const range = document.createRange()
  range.selectNodeContents(input)
  const selection = getSelection()
  selection?.removeAllRanges()
  selection?.addRange(range)
  return true
}

/** Keeps an editable from folding spaces, for layouts that do not do so themselves. */
export const preserveSpace = (site: PageSite): boolean => {
  const input = composerInput(site)
  if (input === null || input instanceof HTMLTextAreaElement) return false
  input.style.setProperty("white-space", "break-spaces", "important")
  return true
}

export const attachMenuItem = (site: PageSite): Element | null =>
  first(
    document,
    [
      "[role=menu] [role=menuitem]",
      "[role=menuitem]",
      "[role=menu] button",
      "[data-radix-popper-content-wrapper] button"
    ],
    (element) =>
      visible(element) && says(nameOf(element), site.labels.attachMenuItem) && !within(element, site.selectors.turn)
  )
