/** What of an assistant turn is the answer: not the preamble, not thinking, not controls. */
import { all, fold, joined, matches, textOf, twinOf, visible } from "./dom.ts"
import { isHeaded } from "./headed.ts"
import type { PageSite } from "./site.ts"
import { type AnchoredTurn, regionOf } from "./turns.ts"
import { says } from "./words.ts"

export const follows = (element: Element, other: Element): boolean =>
  (other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0

/** Marks of a thinking phase in the turn, running or over, outside the answer itself. */
export const thinkingMarks = (site: PageSite, region: Element): ReadonlyArray<Element> => {
  const content = joined(site.selectors.answerContent)
  const named = Array.from(region.querySelectorAll("button,summary,[role=button]")).filter((element) =>
    says(textOf(element, 60), site.labels.thought)
  )
  const marked = all(region, [...site.selectors.thinkingBusy, ...site.selectors.thinkingStatus])
  return [...named, ...marked].filter((element) => element.closest(content) === null && visible(element))
}

const outermost = (elements: ReadonlyArray<Element>): Array<Element> => {
  const found: Array<Element> = []
  for (const element of elements) if (found.at(-1)?.contains(element) !== true) found.push(element)
  return found
}

/** Answer elements of one region, in order. */
export const contentsOf = (site: PageSite, region: Element): ReadonlyArray<Element> => {
  let found: Array<Element> = []
  for (const selector of site.selectors.answerContent) {
    found = outermost(Array.from(region.querySelectorAll(selector)).filter((element) => !isThinking(site, element)))
    if (found.length > 0) break
  }
  const messages = all(region, site.selectors.assistantTurn).filter((element) => element !== region)
  const inMessages = found.filter((element) => messages.some((message) => message.contains(element)))
  if (inMessages.length > 0) found = inMessages
  const marks = thinkingMarks(site, region)
  const after = found.filter((element) => marks.every((mark) => follows(element, mark)))
  if (marks.length > 0) return after
  if (found.length > 0) return found
  return bareMessages(site, region, messages)
}

const isThinking = (site: PageSite, element: Element): boolean =>
  element.closest(joined(site.selectors.thinkingStatus)) !== null

/** Messages of a layout that wraps answers in no content element. */
const bareMessages = (
  site: PageSite,
  region: Element,
  messages: ReadonlyArray<Element>
): ReadonlyArray<Element> => {
  const turns = region.matches(joined(site.selectors.assistantTurn)) || isHeaded(region) ? [region] : []
  return (messages.length > 0 ? outermost(messages) : turns).filter((element) => plainText(site, element) !== "")
}

const bareNoise = "button,[role=button],[role=group],[role=toolbar],h5,h6,.sr-only,svg"

/** What of a content element is not the answer; an element that holds the whole turn has more of it. */
export const noiseIn = (site: PageSite, content: Element): string => {
  const own = joined(site.selectors.answerNoise)
  if (content.matches(joined(site.selectors.answerContent))) return own
  return [own, bareNoise, ...site.selectors.turnError, ...site.selectors.thinkingBusy, ...site.selectors.thinkingStatus]
    .join(",")
}

/** Characters that the answer shows, without noise and placeholders. */
export const plainText = (site: PageSite, element: Element): string => {
  const noise = noiseIn(site, element)
  let shown = element
  if (element.querySelector(noise) !== null) {
    shown = twinOf(element)
    for (const part of shown.querySelectorAll(noise)) part.remove()
  }
  const text = shown.textContent ?? ""
  if (text.length > 200) return text
  const folded = fold(text)
  return folded === "" || (folded.length <= 60 && says(folded, site.labels.placeholder)) ? "" : text
}

export interface TurnRegions {
  readonly regions: ReadonlyArray<Element>
  readonly contents: ReadonlyArray<Element>
  /** One list of contents for each alternative answer; empty when there is no choice. */
  readonly alternatives: ReadonlyArray<ReadonlyArray<Element>>
}

export const turnRegions = (site: PageSite, turn: AnchoredTurn): TurnRegions => {
  const regions = turn.answers.map((answer) => regionOf(site, answer, turn.all))
  const last = regions.at(-1)
  const contents = regions.flatMap((region) => contentsOf(site, region))
  const choices = last === undefined ? [] : all(last, site.selectors.alternative)
    .concat(
      Array.from(last.querySelectorAll("button")).filter((button) => says(textOf(button, 60), site.labels.preferAnswer))
    )
  const messages = last === undefined
    ? []
    : all(last, site.selectors.assistantTurn).filter((element) => element !== last)
  const pair = new Set(choices).size > 1 && messages.length > 1
  return {
    regions,
    contents,
    alternatives: pair ? messages.map((message) => contents.filter((content) => message.contains(content))) : []
  }
}

/** A layout without a content element gives the whole turn as content, with its controls. */
export const outsideContent = (site: PageSite, regions: TurnRegions, element: Element): boolean =>
  element.closest("pre") === null
  && !regions.contents.some((content) => matches(content, site.selectors.answerContent) && content.contains(element))
