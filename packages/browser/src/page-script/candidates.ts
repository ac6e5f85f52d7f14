/** Files and images that one turn offers, each under a key that survives a reload. */
import { all, buttons, joined, nameOf, visible } from "./dom.ts"
import type { CandidateView } from "./protocol.ts"
import { isOwn } from "./regions.ts"
import type { PageSite } from "./site.ts"
import { says } from "./words.ts"

interface Found extends CandidateView {
  readonly element: Element
}

const hostAllowed = (site: PageSite, url: URL): boolean =>
  isOwn(site, url.href)
  || (/^https?:$/.test(url.protocol) && site.fileHosts.some((host) =>
    host.startsWith("*.") ? url.hostname.endsWith(host.slice(1)) : url.host === host || url.hostname === host
  ))

const addressOf = (raw: string): URL | null => {
  try {
    return new URL(raw, location.href)
  } catch {
    return null
  }
}

const idIn = (url: URL): string | null =>
  url.searchParams.get("id") ?? /\/files\/([^/]+)/.exec(url.pathname)?.[1] ?? null

const decoded = (path: string): string => {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

/** The path as the page wrote it: parsing the address would fold `..` away. */
const sandboxPath = (element: Element, raw: string): string | null =>
  element.getAttribute("data-sandbox-path") ??
    (raw.startsWith("sandbox:") ? decoded(raw.slice("sandbox:".length)) : null)

const keyOf = (url: URL): string => {
  const id = idIn(url)
  if (id !== null) return `id:${id}`
  const path = url.searchParams.get("path") ?? url.searchParams.get("sandbox_path")
  if (path !== null) return `sandbox:${path}`
  return url.protocol === "blob:"
    ? "blob"
    : url.protocol === "data:"
    ? `data:${url.href.length}:${url.href.slice(-24)}`
    : `url:${url.origin}${url.pathname}`
}

const messageOf = (element: Element): string | null =>
  element.closest("[data-message-id]")?.getAttribute("data-message-id") ?? null

const lastPart = (path: string): string | null => path.split("/").at(-1) || null

const fromLink = (site: PageSite, link: HTMLAnchorElement): Found | null => {
  const raw = link.getAttribute("href") ?? ""
  const url = addressOf(raw)
  if (url === null) return null
  const download = link.getAttribute("download")
  const path = sandboxPath(link, raw)
  const file = path !== null
    || url.protocol === "blob:"
    || (url.protocol === "data:" && download !== null)
    || (hostAllowed(site, url) && (download !== null || says(url.pathname, site.paths.files)))
  if (!file) return null
  return {
    element: link,
    key: path === null ? keyOf(url) : `sandbox:${path}`,
    label: nameOf(link, 200),
    kind: "file",
    how: "address",
    address: url.href,
    suggested: download !== null && download !== "" ? download : lastPart(path ?? decoded(url.pathname)),
    messageId: messageOf(link)
  }
}

const fromButton = (site: PageSite, control: Element): Found | null => {
  const name = nameOf(control, 200)
  if (says(name, site.labels.neverPress) || says(name, site.labels.downloadAll)) return null
  if (!control.matches(joined(site.selectors.fileControl)) && !says(name, site.labels.download)) return null
  if (control.querySelector("img") !== null || control.parentElement?.querySelector(":scope > img") !== null) {
    return null
  }
  const path = control.getAttribute("data-sandbox-path")
  return {
    element: control,
    key: path === null ? `label:${name}` : `sandbox:${path}`,
    label: name,
    kind: "file",
    how: "press",
    address: null,
    suggested: path === null ? null : lastPart(path),
    messageId: messageOf(control)
  }
}

const fromImage = (site: PageSite, image: HTMLImageElement, known: boolean): Found | null => {
  const url = addressOf(image.currentSrc || image.src)
  if (url === null || image.src === "") return null
  const reachable = url.protocol === "blob:" || url.protocol === "data:" || hostAllowed(site, url)
  if (!reachable) return null
  const small = image.complete && image.naturalWidth > 0 && (image.naturalWidth < 64 || image.naturalHeight < 64)
  if (!known && small) return null
  return {
    element: image,
    key: url.protocol === "blob:" ? `image:${image.alt}` : keyOf(url),
    label: image.alt === "" ? "image" : image.alt.slice(0, 200),
    kind: "image",
    how: "address",
    address: url.href,
    suggested: null,
    messageId: messageOf(image)
  }
}

const excluded = "pre,code,[data-testid*=\"avatar\"],[data-testid*=\"citation\"],[class*=\"favicon\"]"

/** Candidates of these parts of a turn; the same file offered twice is one candidate. */
export const candidatesOf = (
  site: PageSite,
  regions: ReadonlyArray<Element>,
  contents: ReadonlyArray<Element>
): ReadonlyArray<Found> => {
  const found = new Map<string, Found>()
  const add = (candidate: Found | null) => {
    if (candidate === null) return
    let key = candidate.key
    if (key.startsWith("label:") || key === "blob") {
      for (let number = 2; found.has(key); number += 1) key = `${candidate.key}#${number}`
    }
    if (!found.has(key)) found.set(key, { ...candidate, key })
  }
  const taken = new Set<Element>()
  for (const region of regions) {
    for (const element of region.querySelectorAll(`a[href],${buttons},img`)) {
      if (element.closest(excluded) !== null || taken.has(element)) continue
      const inContent = contents.some((content) => content.contains(element))
      if (element instanceof HTMLImageElement) {
        const known = element.matches(joined(site.selectors.answerImage))
        if (known || inContent) add(fromImage(site, element, known))
      } else if (visible(element)) {
        add(
          element instanceof HTMLAnchorElement && element.hasAttribute("href")
            ? fromLink(site, element)
            : fromButton(site, element)
        )
      }
      taken.add(element)
    }
  }
  if (found.size === 0) {
    for (const region of regions) {
      for (
        const control of all(region, [buttons]).filter((element) =>
          visible(element) && says(nameOf(element, 200), site.labels.downloadAll)
        )
      ) {
        add({
          element: control,
          key: "all",
          label: nameOf(control, 200),
          kind: "file",
          how: "press",
          address: null,
          suggested: null,
          messageId: messageOf(control)
        })
      }
    }
  }
  return [...found.values()]
}

export const candidateView = ({ address, how, key, kind, label, messageId, suggested }: Found): CandidateView => ({
  address,
  how,
  key,
  kind,
  label,
  messageId,
  suggested
})
