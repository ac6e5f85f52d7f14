/** Finds the turns of the thread, their roles and ids, and the region that belongs to one turn. */
import { all, first, joined, matches, textOf, twinOf } from "./dom.ts"
import { headedTurns } from "./headed.ts"
import type { AnchorView } from "./protocol.ts"
import { composerInput } from "./regions.ts"
import { inOneScan, oncePerScan } from "./scan.ts"
import type { PageSite } from "./site.ts"
import { says } from "./words.ts"

/** The outermost turn elements of the thread, in order. */
export const turnsOf = (site: PageSite): Array<Element> => oncePerScan(turnsOf, () => findTurns(site))

const findTurns = (site: PageSite): Array<Element> => {
  for (const selector of site.selectors.turn) {
    const found: Array<Element> = []
    let last: Element | null = null
    for (const element of document.querySelectorAll(selector)) {
      if (last !== null && last.contains(element)) continue
      found.push(element)
      last = element
    }
    if (found.length > 0) return found
  }
  return headedTurns(site)
}

/** Reads the page as a whole, stepping over its turns. */
export const scanning = <A>(site: PageSite, read: () => A): A => inOneScan(() => turnsOf(site), read)

const headingOf = (turn: Element): string => {
  const heading = turn.querySelector("h1,h2,h3,h4,h5,h6,.sr-only")
  return heading === null ? "" : textOf(heading, 60)
}

export const isUser = (site: PageSite, turn: Element): boolean => {
  const { userTurn, assistantTurn } = site.selectors
  if (matches(turn, userTurn)) return true
  if (matches(turn, assistantTurn)) return false
  if (first(turn, userTurn, () => true) !== null) return true
  if (first(turn, assistantTurn, () => true) !== null) return false
  return says(turn.getAttribute("aria-label") ?? headingOf(turn), site.labels.userHeading)
}

/** The most stable id that the turn carries, or that a box around this turn alone carries. */
export const turnId = (site: PageSite, turn: Element): string | null => {
  for (const attribute of site.turnIdAttributes) {
    const value = turn.getAttribute(attribute) ?? turn.querySelector(`[${attribute}]`)?.getAttribute(attribute)
    if (value !== null && value !== undefined && value !== "") return value
  }
  const box = turn.parentElement
  const others = turnsOf(site).filter((other) => other !== turn)
  // With one turn the box may be that of the whole thread.
  if (box === null || others.length === 0 || others.some((other) => box.contains(other))) return null
  return site.turnIdAttributes.map((attribute) => box.getAttribute(attribute) ?? "").find((value) => value !== "")
    ?? null
}

const indexById = (site: PageSite, turns: ReadonlyArray<Element>, id: string): number => {
  const selector = site.turnIdAttributes.map((attribute) => `[${attribute}="${CSS.escape(id)}"]`).join(",")
  if (selector === "") return -1
  for (const element of document.querySelectorAll(selector)) {
    const index = turns.findIndex((turn) => turn.contains(element))
    if (index !== -1) return index
    const boxed = turns.filter((turn) => element.contains(turn))
    if (boxed.length === 1 && boxed[0]?.parentElement === element) return turns.indexOf(boxed[0])
  }
  return -1
}

const nextUser = (site: PageSite, turns: ReadonlyArray<Element>, from: number): number => {
  for (let index = from; index < turns.length; index += 1) {
    const turn = turns[index]
    if (turn !== undefined && isUser(site, turn)) return index
  }
  return -1
}

/** The turn that stood last before the send is no longer in the page, as in a thread that keeps only some turns. */
export const turnBeforeGone = (site: PageSite, anchor: AnchorView): boolean =>
  anchor.lastTurnIdBefore !== null && indexById(site, turnsOf(site), anchor.lastTurnIdBefore) === -1

const anchorIndex = (site: PageSite, turns: ReadonlyArray<Element>, anchor: AnchorView): number => {
  if (anchor.userTurnId !== null) {
    const index = indexById(site, turns, anchor.userTurnId)
    if (index !== -1) return index
  }
  if (anchor.lastTurnIdBefore !== null) {
    const before = indexById(site, turns, anchor.lastTurnIdBefore)
    if (before !== -1) return nextUser(site, turns, before + 1)
  }
  if (anchor.turnsBefore === 0) return nextUser(site, turns, 0)
  if (turns.length > anchor.turnsBefore) return nextUser(site, turns, anchor.turnsBefore)
  return anchor.userTurnId !== null ? lastUser(site, turns) : -1
}

const lastUser = (site: PageSite, turns: ReadonlyArray<Element>): number => {
  for (let index = turns.length - 1; index >= 0; index -= 1) {
    const turn = turns[index]
    if (turn !== undefined && isUser(site, turn)) return index
  }
  return -1
}

export interface AnchoredTurn {
  /** Null where the page keeps the answer and no longer the words that it answers. */
  readonly user: Element | null
  /** Assistant turns between our user turn and the next user turn. */
  readonly answers: ReadonlyArray<Element>
  readonly all: ReadonlyArray<Element>
  /** No turn follows the answer. */
  readonly last: boolean
}

export const anchored = (site: PageSite, anchor: AnchorView): AnchoredTurn | null => {
  const turns = turnsOf(site)
  const index = anchorIndex(site, turns, anchor)
  const user = turns[index]
  if (user === undefined) return withoutUser(site, turns, anchor)
  const next = nextUser(site, turns, index + 1)
  const answers = turns.slice(index + 1, next === -1 ? undefined : next)
  return { user, answers, all: turns, last: next === -1 }
}

/** Ids of the answers that stood below the person's turn, by what stood before that turn. Lives as long as the page. */
const answersSeen = new Map<string, Set<string>>()

const placeOf = ({ lastTurnIdBefore, turnsBefore }: AnchorView): string => `${turnsBefore} ${lastTurnIdBefore}`

export const rememberAnswers = (site: PageSite, anchor: AnchorView, { answers }: AnchoredTurn): void => {
  const place = placeOf(anchor)
  const seen = answersSeen.get(place) ?? new Set()
  answersSeen.set(place, seen)
  for (const answer of answers) {
    const id = turnId(site, answer)
    if (id !== null) seen.add(id)
  }
}

const isAnswer = (site: PageSite, turn: Element): boolean =>
  matches(turn, site.selectors.assistantTurn) || turn.querySelector(joined(site.selectors.assistantTurn)) !== null

/**
 * A page that drops what is out of sight may drop our words above a long answer. Where they were seen before, answers
 * alone are ours if nothing stood before them, or from the first on that stood below our words. A page that never showed
 * whose words are whose might hold them still, so that nothing of it is believed.
 */
const withoutUser = (site: PageSite, turns: ReadonlyArray<Element>, anchor: AnchorView): AnchoredTurn | null => {
  if (turns.length === 0 || !turns.every((turn) => isAnswer(site, turn) && !isUser(site, turn))) return null
  const seen = answersSeen.get(placeOf(anchor))
  const alone = anchor.turnsBefore === 0 && (anchor.userTurnId !== null || seen !== undefined)
  const known = [...seen ?? []].map((id) => indexById(site, turns, id)).filter((index) => index !== -1)
  const from = alone ? 0 : known.length === 0 ? -1 : Math.min(...known)
  return from === -1 ? null : { user: null, answers: turns.slice(from), all: turns, last: true }
}

/** The largest part of the page that holds this turn and no other turn and no composer. */
export const regionOf = (site: PageSite, turn: Element, turns: ReadonlyArray<Element>): Element => {
  const index = turns.indexOf(turn)
  const next = turns[index + 1] ?? composerInput(site)
  const neighbours = [turns[index - 1], next].filter((other) => other instanceof Element)
  let region = turn
  for (let parent = turn.parentElement; parent !== null && parent !== document.body; parent = parent.parentElement) {
    const around: Element = parent
    if (neighbours.some((other) => around.contains(other))) break
    region = around
  }
  return region
}

/** Bare text stands as it was written, also where the page folds its line ends. */
const wordsOf = (part: Element): string =>
  part instanceof HTMLElement && part.childElementCount > 0 ? part.innerText : part.textContent ?? ""

/** Text of the person's words in a user turn, without controls and attachment names. */
export const userTextOf = (site: PageSite, turn: Element): string => {
  const parts = all(turn, site.selectors.userText).filter((element, _, list) =>
    !list.some((other) => other !== element && other.contains(element))
  )
  if (parts.length > 0) {
    return parts.map(wordsOf).join("\n")
  }
  const copy = twinOf(turn)
  for (const noise of copy.querySelectorAll("button,h1,h2,h3,h4,h5,h6,.sr-only,[role=group],svg")) noise.remove()
  return (copy.textContent ?? "").trim()
}
