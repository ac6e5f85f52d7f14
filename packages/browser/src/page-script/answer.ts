/** Takes the answer of the anchored turn as HTML with absolute addresses and without what is hidden. */
import { candidatesOf, candidateView } from "./candidates.ts"
import { noiseIn, turnRegions } from "./content.ts"
import { joined, twinOf } from "./dom.ts"
import type { AnchorView, AnswerView } from "./protocol.ts"
import type { PageSite } from "./site.ts"
import { anchored } from "./turns.ts"

const drop = "script,style,noscript,iframe,object,embed,template,link,meta"

const absolute = (copy: Element): void => {
  for (const link of copy.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href") ?? ""
    if (/^(\/|\.|\?)/.test(href)) link.setAttribute("href", new URL(href, location.href).href)
  }
  for (const image of copy.querySelectorAll("img[src]")) {
    const src = image.getAttribute("src") ?? ""
    if (!src.startsWith("data:")) image.setAttribute("src", new URL(src, location.href).href)
    image.removeAttribute("srcset")
  }
}

/** `cloneNode` gives no live style, so what is hidden is marked by its index before the copy is made. */
const copyOf = (site: PageSite, content: Element): string => {
  const originals = Array.from(content.querySelectorAll("*"))
  const copy = twinOf(content)
  const copies = Array.from(copy.querySelectorAll("*"))
  const hidden: Array<Element> = []
  const hideable = "[hidden],.hidden,.sr-only,.invisible,[style*=\"display\"],[style*=\"visibility\"]"
  originals.forEach((original, index) => {
    const twin = copies[index]
    if (twin === undefined || original.closest(".katex") !== null || !original.matches(hideable)) return
    if (!original.checkVisibility({ visibilityProperty: true }) || original.matches(".sr-only")) hidden.push(twin)
  })
  for (const element of hidden) element.remove()
  for (const element of copy.querySelectorAll(`${drop},${noiseIn(site, content)}`)) element.remove()
  absolute(copy)
  return copy.outerHTML
}

const imagesOutside = (site: PageSite, regions: ReadonlyArray<Element>, contents: ReadonlyArray<Element>): string =>
  regions.flatMap((region) => Array.from(region.querySelectorAll<HTMLImageElement>(joined(site.selectors.answerImage))))
    .filter((image) => !contents.some((content) => content.contains(image)))
    .map((image) => {
      const paragraph = document.createElement("p")
      const copy = document.createElement("img")
      copy.alt = image.alt
      copy.setAttribute("src", image.currentSrc || image.src)
      paragraph.append(copy)
      return paragraph.outerHTML
    })
    .filter((html, index, list) => list.indexOf(html) === index)
    .join("\n")

/** The answer as it stands, or null when the turn is not in the page. */
export const answer = (site: PageSite, anchor: AnchorView): AnswerView | null => {
  const turn = anchored(site, anchor)
  if (turn === null) return null
  const { alternatives, contents, regions } = turnRegions(site, turn)
  const [one, two] = alternatives
  const shown = one ?? contents
  return {
    html: [imagesOutside(site, regions, contents), ...shown.map((content) => copyOf(site, content))].filter((html) =>
      html !== ""
    ).join("\n"),
    alternativeHtml: two === undefined ? null : two.map((content) => copyOf(site, content)).join("\n"),
    files: candidatesOf(site, regions, contents).map(candidateView)
  }
}

export const candidateElement = (site: PageSite, anchor: AnchorView, key: string): Element | null => {
  const turn = anchored(site, anchor)
  if (turn === null) return null
  const { contents, regions } = turnRegions(site, turn)
  return candidatesOf(site, regions, contents).find((candidate) => candidate.key === key)?.element ?? null
}
