/** Turns of a page that marks them by nothing but what a screen reader is told: "You said:", "ChatGPT said:". */
import { textOf } from "./dom.ts"
import type { PageSite } from "./site.ts"
import { says } from "./words.ts"

const headings = "h1,h2,h3,h4,h5,h6,[role=\"heading\"],.sr-only,.visually-hidden"
const named =
  "article[aria-label],section[aria-label],li[aria-label],[role=\"article\"][aria-label],[role=\"listitem\"][aria-label]"

const headed = new WeakSet<Element>()

const markOf = (element: Element): string =>
  element.matches(named) ? element.getAttribute("aria-label") ?? "" : textOf(element, 60)

const speaks = (site: PageSite, element: Element): boolean =>
  says(markOf(element), site.labels.userHeading) || says(markOf(element), site.labels.answerHeading)

/** The largest part around the mark that holds no other mark and no field to write in. */
const around = (mark: Element, marks: ReadonlyArray<Element>): Element => {
  let turn = mark
  for (let parent = mark.parentElement; parent !== null && parent !== document.body; parent = parent.parentElement) {
    const wide: Element = parent
    if (wide.matches("main,[role=main]") || wide.querySelector("textarea,[contenteditable=\"true\"]") !== null) break
    if (marks.some((other) => other !== mark && wide.contains(other))) break
    turn = wide
  }
  return turn
}

/** In order; empty where no heading says who speaks. */
export const headedTurns = (site: PageSite): Array<Element> => {
  const marks = Array.from(document.querySelectorAll(`${headings},${named}`)).filter((element) =>
    speaks(site, element) && element.closest("nav,[role=dialog]") === null
  )
  if (!marks.some((mark) => says(markOf(mark), site.labels.userHeading))) return []
  const outer = marks.filter((mark) => !marks.some((other) => other !== mark && other.contains(mark)))
  const turns = outer.map((mark) => mark.matches(named) ? mark : around(mark, outer))
  for (const turn of turns) headed.add(turn)
  return turns
}

/** True for a part that holds a turn which only its heading marks. */
export const isHeaded = (part: Element): boolean =>
  headed.has(part) || Array.from(part.querySelectorAll("*")).some((element) => headed.has(element))
