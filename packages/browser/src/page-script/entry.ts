/** What node may call in the page; bundled as one script under the global `oraclePage`. */
import { answer, candidateElement } from "./answer.ts"
import { attachMenuItem, composer, preserveSpace, removeControl, selectComposer } from "./composer.ts"
import { enterLines, enterPaste } from "./entering.ts"
import { fetchFile, saveAddress } from "./files.ts"
import { observe } from "./observe.ts"
import { overlayControl } from "./overlays.ts"
import { modelSlider, modelTrigger, picker, pickerRow } from "./picker.ts"
import { continueControl, probeTurn } from "./probe.ts"
import type { PageApi, PageSite, PartName } from "./protocol.ts"
import { attachButton, composerInput, fileInputs, sendButton } from "./regions.ts"
import { history, prompts, thread } from "./thread.ts"

const parts: Record<PartName, (site: PageSite) => Element | null> = {
  composerInput,
  sendButton,
  attachButton,
  attachMenuItem,
  fileInput: (site) => fileInputs(site)[0] ?? null,
  modelTrigger,
  modelSlider
}

/** Text of the page for diagnostics, at most `limit` characters. */
const pageText = (limit: number): string => {
  const walker = document.createTreeWalker(
    document.body,
    NodeFilter.SHOW_TEXT,
    (node) =>
      /^(script|style|noscript|template)$/i.test(node.parentElement?.tagName ?? "")
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT
  )
  const lines: Array<string> = []
  let sum = 0
  for (let node = walker.nextNode(); node !== null && sum < limit; node = walker.nextNode()) {
    const line = (node as Text).data.trim()
    if (line === "") continue
    lines.push(line)
    sum += line.length + 1
  }
  return lines.join("\n").slice(0, limit)
}

const pointInside = (element: Element, x: number, y: number): boolean => {
  const hit = document.elementFromPoint(x, y)
  return hit !== null && (hit === element || element.contains(hit) || hit.shadowRoot?.contains(element) === true)
}

const api: PageApi<Element> = {
  observe,
  probeTurn,
  thread,
  answer,
  composer,
  part: (site, name) => parts[name](site),
  continueControl,
  selectComposer,
  preserveSpace,
  enterLines,
  enterPaste,
  history,
  prompts,
  removeControl,
  overlayControl,
  candidateElement,
  fetchFile,
  saveAddress,
  picker,
  pickerRow,
  pageText,
  pointInside
}

export const call = api
