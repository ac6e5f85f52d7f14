/** What node may call in the page; bundled as one script under the global `oraclePage`. */
import { answer, candidateElement } from "./answer.ts"
import { attachMenuItem, composer, preserveSpace, removeControl, selectComposer } from "./composer.ts"
import { conversationExists, conversationMenu, deleteConfirm, deleteItem } from "./conversation.ts"
import { textsBelow } from "./dom.ts"
import { enterLines, enterPaste, enterText } from "./entering.ts"
import { fetchFile, saveAddress } from "./files.ts"
import { observe } from "./observe.ts"
import { overlayControl } from "./overlays.ts"
import { effortTrigger, modelSlider, modelTrigger, picker, pickerRow } from "./picker.ts"
import { continueControl, probeTurn } from "./probe.ts"
import type { PageApi, PartName } from "./protocol.ts"
import { attachButton, composerInput, fileInputs, sendButton } from "./regions.ts"
import type { PageSite } from "./site.ts"
import { survey } from "./survey.ts"
import { history, prompts, thread } from "./thread.ts"

const parts: Record<PartName, (site: PageSite) => Element | null> = {
  composerInput,
  sendButton,
  attachButton,
  attachMenuItem,
  fileInput: (site) => fileInputs(site)[0] ?? null,
  conversationMenu,
  deleteItem,
  deleteConfirm,
  modelTrigger,
  effortTrigger,
  modelSlider
}

/** Text of the page for diagnostics, at most `limit` characters. */
const pageText = (limit: number): string => {
  const lines: Array<string> = []
  let sum = 0
  for (const line of textsBelow(document.body)) {
    if (line === "") continue
    lines.push(line)
    sum += line.length + 1
    if (sum >= limit) break
  }
  return lines.join("\n").slice(0, limit)
}

const standStillMs = 60

/** The middle of an element that does not move and is not covered, or null. */
const stablePoint = async (element: Element): Promise<{ readonly x: number; readonly y: number } | null> => {
  const before = element.getBoundingClientRect()
  await new Promise((resolve) => {
    setTimeout(resolve, standStillMs)
  })
  const now = element.getBoundingClientRect()
  if (Math.abs(before.x - now.x) > 1 || Math.abs(before.y - now.y) > 1 || now.width === 0) return null
  const point = { x: now.x + now.width / 2, y: now.y + now.height / 2 }
  const hit = document.elementFromPoint(point.x, point.y)
  return hit !== null && element.contains(hit) ? point : null
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
  enterText,
  enterPaste,
  history,
  prompts,
  conversationExists,
  removeControl,
  overlayControl,
  candidateElement,
  fetchFile,
  saveAddress,
  picker,
  pickerRow,
  survey,
  pageText,
  stablePoint
}

export const call = api

/** The definition that the functions work with, put here once for each document. */
export const site: { current: PageSite | null } = { current: null }
