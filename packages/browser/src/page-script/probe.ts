/** A cheap reading of the anchored turn: is the site at work, is there an answer, did it end. */
import { candidatesOf } from "./candidates.ts"
import { outsideContent, plainText, type TurnRegions, turnRegions } from "./content.ts"
import { all, buttons, first, joined, nameOf, textOf, twinOf, visible, within } from "./dom.ts"
import type { AnchorView, ProbeView } from "./protocol.ts"
import { stopButton } from "./regions.ts"
import type { PageSite } from "./site.ts"
import { anchored, type AnchoredTurn, regionOf, rememberAnswers, scanning, turnBeforeGone, turnId } from "./turns.ts"
import { composerKey, trailingControls } from "./unnamed.ts"
import { says } from "./words.ts"

const hash = (text: string): string => {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return `${text.length}:${(value >>> 0).toString(36)}`
}

const finishControl = (site: PageSite, regions: TurnRegions): boolean => {
  const region = regions.regions.at(-1)
  if (region === undefined) return false
  if (
    all(region, site.selectors.finishControl).some((element) =>
      outsideContent(site, regions, element) && visible(element)
    )
  ) return true
  return all(region, [buttons]).some((element) =>
    outsideContent(site, regions, element) && says(nameOf(element, 60), site.labels.finish) && visible(element)
  )
}

const thinkingIn = (site: PageSite, regions: TurnRegions, finish: boolean): boolean => {
  const region = regions.regions.at(-1)
  if (region === undefined) return false
  const busy = all(region, site.selectors.thinkingBusy).some((element) =>
    outsideContent(site, regions, element) && visible(element) && !says(textOf(element, 60), site.labels.thought)
  )
  if (busy) return true
  return !finish &&
    all(region, site.selectors.thinkingStatus).some((element) =>
      outsideContent(site, regions, element) && visible(element) && says(textOf(element, 80), site.labels.thinking)
    )
}

const outsideAnswer = (element: Element, site: PageSite): boolean =>
  element.closest(joined(site.selectors.answerContent)) === null

/** An error with a control to retry, inside this turn and outside its answer text. */
const failedIn = (site: PageSite, region: Element): boolean => {
  const retry =
    first(region, site.selectors.retryControl, (element) => visible(element) && outsideAnswer(element, site))
      ?? first(
        region,
        ["button", "[role=button]"],
        (element) => visible(element) && outsideAnswer(element, site) && says(nameOf(element, 60), site.labels.retry)
      )
  if (retry === null) return false
  if (first(region, site.selectors.turnError, (element) => visible(element) && outsideAnswer(element, site)) !== null) {
    return true
  }
  const near = retry.parentElement?.parentElement ?? retry.parentElement
  return near !== null && says(shortTextAround(site, near), site.labels.turnError)
}

const shortTextAround = (site: PageSite, element: Element): string => {
  const copy = twinOf(element)
  for (const content of copy.querySelectorAll(joined(site.selectors.answerContent))) content.remove()
  return textOf(copy, 500)
}

const continueIn = (site: PageSite, turn: AnchoredTurn): Element | null => {
  const answer = turn.answers.at(-1)
  if (answer === undefined) return null
  const fits = (element: Element) =>
    outsideAnswer(element, site) && says(nameOf(element, 60), site.labels.continueGenerating) && visible(element)
  const inside = first(regionOf(site, answer, turn.all), [...site.selectors.continueControl, "button"], fits)
  if (inside !== null || !turn.last) return inside
  return all(document, ["main > button", "form button"]).find((element) =>
    !within(element, site.selectors.turn) && fits(element)
  ) ?? null
}

export const continueControl = (site: PageSite, anchor: AnchorView): Element | null => {
  const turn = anchored(site, anchor)
  return turn === null ? null : continueIn(site, turn)
}

export const probeTurn = (site: PageSite, anchor: AnchorView): ProbeView => scanning(site, () => probeNow(site, anchor))

const probeNow = (site: PageSite, anchor: AnchorView): ProbeView => {
  const turn = anchored(site, anchor)
  const generating = (turn === null || turn.last) && stopButton(site) !== null
  if (turn === null) {
    return {
      userTurnFound: false,
      turnBeforeGone: turnBeforeGone(site, anchor),
      userTurnId: null,
      answerFound: false,
      answerTurnId: null,
      generating,
      thinking: false,
      finishControls: false,
      chars: 0,
      placeholder: false,
      contentKey: "",
      files: 0,
      failed: false,
      continueOffered: false,
      alternatives: 0,
      composerKey: composerKey(site),
      trailing: 0,
      url: location.href
    }
  }
  const regions = turnRegions(site, turn)
  const text = regions.contents.map((content) => plainText(site, content)).join("\n")
  const files = candidatesOf(site, regions.regions, regions.contents)
  const finish = finishControl(site, regions)
  const lastTurn = turn.answers.at(-1)
  const errorRegions = lastTurn === undefined && turn.user !== null
    ? [regionOf(site, turn.user, turn.all)]
    : regions.regions
  const answerTurnId = lastTurn === undefined ? null : turnId(site, lastTurn)
  if (turn.user !== null) rememberAnswers(site, anchor, turn)
  return {
    userTurnFound: turn.user !== null,
    turnBeforeGone: false,
    userTurnId: turn.user === null ? null : turnId(site, turn.user),
    answerFound: turn.answers.length > 0,
    answerTurnId,
    generating,
    thinking: thinkingIn(site, regions, finish),
    finishControls: finish,
    chars: text.trim().length,
    placeholder: text.trim() === "" && regions.contents.some((content) => textOf(content, 60) !== "")
      && !all(document, site.selectors.thinkingBusy).some(visible),
    contentKey: `${hash(text)} ${files.map((file) => file.key).join(" ")}`,
    files: files.length,
    failed: errorRegions.some((region) => failedIn(site, region)),
    continueOffered: continueIn(site, turn) !== null,
    alternatives: regions.alternatives.length,
    composerKey: composerKey(site),
    trailing: trailingControls(site, regions),
    url: location.href
  }
}
