/** One pass over the page, region by region. Turns and sidebar are stepped over, so that their words cannot matter. */
import { accountControl } from "./account.ts"
import { all, buttons, enabled, first, fold, joined, matches, nameOf, textOf, visible, within } from "./dom.ts"
import { login } from "./login.ts"
import type { ControlView, LoginView, ObservationView, OverlayView, SessionHint } from "./protocol.ts"
import {
  attachButton,
  composerInput,
  composerRoot,
  controlView,
  dialogs,
  fileInputs,
  isAuthPage,
  isOwn,
  isPanel,
  sidebars
} from "./regions.ts"
import type { PageSite } from "./site.ts"
import { topicsOf } from "./topics.ts"
import { scanning, turnsOf } from "./turns.ts"
import { says } from "./words.ts"

const maxControls = 80
const bodyCap = 20_000

interface Rest {
  readonly controls: ReadonlyArray<Element>
  readonly alerts: ReadonlyArray<Element>
}

/** What of the page is neither turn nor sidebar nor composer nor dialog. */
const restOf = (site: PageSite, skip: ReadonlyArray<Element>): Rest => {
  const apart = (element: Element) => !skip.some((part) => part.contains(element))
  return {
    controls: all(document, [buttons, "a[href]"]).filter(apart),
    alerts: all(document, site.selectors.toast).filter(apart)
  }
}

/** Length of the text that stands outside the turns. */
const bodyChars = (): number => {
  let sum = 0
  for (const element of all(document, ["body", "body *:not(script,style,noscript,template)"])) {
    for (const child of element.childNodes) if (child instanceof Text) sum += child.data.trim().length
    if (sum >= bodyCap) return bodyCap
  }
  return sum
}

const overlayView = (site: PageSite, kind: OverlayView["kind"], element: Element): OverlayView => {
  const text = textOf(element, 600)
  return {
    kind,
    text,
    topics: topicsOf(site, text),
    controls: all(element, [buttons]).filter(visible).slice(0, 12).map(controlView)
  }
}

/** An alert that stands in the page itself, as opposed to a toast that goes again. */
const isAlert = (site: PageSite, element: Element): boolean =>
  element.getAttribute("role") === "alert" && !within(element, site.selectors.passingNotice)

const overlaysOf = (
  site: PageSite,
  open: ReadonlyArray<Element>,
  alerts: ReadonlyArray<Element>
): ReadonlyArray<OverlayView> => {
  const listing = joined(site.selectors.historyLink)
  const shown = alerts.filter((element) => visible(element) && textOf(element, 10) !== "")
  const outer = shown.filter((element) => !shown.some((other) => other !== element && element.contains(other)))
  return [
    ...open.filter((element) => element.querySelector(listing) === null).map((element) =>
      overlayView(site, "dialog", element)
    ),
    ...outer.map((element) => overlayView(site, isAlert(site, element) ? "alert" : "toast", element))
  ]
}

const challengeElements = (site: PageSite, bars: ReadonlyArray<Element>): ReadonlyArray<string> =>
  site.selectors.challenge.filter((selector) => {
    for (const element of all(document, [selector])) {
      const box = element.getBoundingClientRect()
      if (
        visible(element) && box.width > 30 && box.height > 20 && !within(element, site.selectors.turn)
        && !bars.some((bar) => bar.contains(element))
      ) return true
    }
    return false
  })

const loginControls = (
  site: PageSite,
  rest: ReadonlyArray<Element>,
  bars: ReadonlyArray<Element>,
  open: ReadonlyArray<Element>
): ReadonlyArray<string> => {
  const strong = all(document, site.selectors.loginControl).filter((element) =>
    visible(element) && !within(element, site.selectors.turn) && !within(element, site.selectors.historyLink)
    && (!bars.some((bar) => bar.contains(element)) || element.matches("button,a[href]"))
  )
  const weak = rest.filter((element) => visible(element) && says(nameOf(element, 80), site.labels.login))
  const asked = all(document, [buttons]).filter((element) =>
    open.some((dialog) => dialog.contains(element)) && visible(element) &&
    says(nameOf(element, 80), site.labels.login)
  )
  return [...new Set([...strong, ...weak, ...asked])].slice(0, 5).map((element) => nameOf(element, 60))
}

const accountControls = (site: PageSite): ReadonlyArray<string> => {
  const control = accountControl(site)
  return control === null ? [] : [nameOf(control, 60) || "account control"]
}

const historyIds = (site: PageSite, bars: ReadonlyArray<Element>): ReadonlyArray<string> => {
  const pattern = new RegExp(site.paths.conversation)
  const ids = new Set<string>()
  for (const bar of bars) {
    for (const link of bar.querySelectorAll<HTMLAnchorElement>(joined(site.selectors.historyLink))) {
      const id = pattern.exec(URL.parse(link.href)?.pathname ?? "")?.[1]
      if (id !== undefined) ids.add(id)
      if (ids.size >= 60) return [...ids]
    }
  }
  return [...ids]
}

const status = (): number => {
  const [entry] = performance.getEntriesByType("navigation")
  return entry instanceof PerformanceNavigationTiming ? entry.responseStatus : 0
}

const composerView = (site: PageSite) => {
  const input = composerInput(site)
  const usable = input !== null && enabled(input) && input.getAttribute("contenteditable") !== "false"
    && input.getAttribute("aria-readonly") !== "true"
  return {
    present: input !== null,
    enabled: usable,
    name: input === null ? "" : nameOf(input, 60),
    attachControl: input !== null && (attachButton(site) !== null || fileInputs(site).length > 0)
  }
}

export const observe = async (site: PageSite, hint: SessionHint | null): Promise<ObservationView> => {
  const identity = isOwn(site, location.href)
    ? await login(site, hint)
    : { asked: false, status: 0, identified: false, anonymous: false, email: null }
  return scanning(site, () => observeNow(site, identity))
}

const observeNow = (site: PageSite, identity: LoginView): ObservationView => {
  const composer = composerView(site)
  const bars = sidebars(site)
  const turns = turnsOf(site)
  const shown = dialogs(site)
  const open = shown.filter((dialog) => !isPanel(dialog))
  const root = composerRoot(site)
  const rest = restOf(site, [...bars, ...shown, ...(root === null ? [] : [root])])
  const bare = !composer.present && bars.length === 0 && turns.length === 0
  const controls = rest.controls.filter(visible).slice(0, maxControls)
  const chars = bodyChars()
  const title = fold(document.title).slice(0, 200)
  const plainText = bare && chars < bodyCap ? fold(document.body.innerText).slice(0, 2000) : ""
  return {
    url: location.href,
    ownOrigin: isOwn(site, location.href),
    authUrl: isAuthPage(site, location.href),
    title,
    titleTopics: topicsOf(site, title),
    readyState: document.readyState,
    ageMs: Math.round(performance.now()),
    httpStatus: status(),
    bodyChars: chars,
    composer,
    controls: controls.map((element): ControlView => controlView(element)),
    loginControls: loginControls(site, rest.controls, bars, identity.identified ? [] : open),
    accountControls: accountControls(site),
    plainText,
    plainTopics: topicsOf(site, plainText),
    challenge: {
      elements: challengeElements(site, bars),
      script: first(document, site.selectors.challengeScript, () => true) !== null
    },
    overlays: overlaysOf(
      site,
      open,
      [...rest.alerts, ...(root === null ? [] : all(root, site.selectors.toast))].filter((element) =>
        !matches(element, site.selectors.composerInput)
      )
    ),
    login: identity,
    sidebar: { present: bars.length > 0, conversationIds: historyIds(site, bars) },
    turns: turns.length
  }
}
