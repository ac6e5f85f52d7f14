/** The HTML documents: the app's shell for every address of the app, and the sign-in page. */
import type { Behaviour } from "../../Behaviour.ts"
import { defaultSelection } from "../../state/Accounts.ts"
import type { Bootstrap, PageBehaviour } from "../../wire.ts"
import { template } from "../assets.ts"
import { type Exchange, redirect, type RouteTable, send } from "../Exchange.ts"

const shell = async (exchange: Exchange): Promise<void> => {
  const { session, url, world } = exchange
  world.events.add("page", { path: url.pathname, signedIn: session !== undefined })
  const bootstrap: Bootstrap = {
    authStatus: session === undefined ? "logged_out" : "logged_in",
    user: session === undefined ? null : { id: session.user.id, name: session.user.name, email: session.user.email },
    accounts: exchange.remembered === undefined ? [] : world.accounts.users.map(({ email, name }) => ({ email, name })),
    page: pageBehaviour(world.behaviour, world.countdown.ignoredSendClicks),
    modelSelection: session?.user.modelSelection ?? defaultSelection
  }
  const json = JSON.stringify(bootstrap).replaceAll("<", "\\u003c")
  sendHtml(exchange, 200, (await template("index.html")).replace("{{bootstrap}}", () => json))
}

const login = (exchange: Exchange): Promise<void> | void => {
  if (exchange.session !== undefined) {
    redirect(exchange, "/")
    return
  }
  return sendLoginPage(
    exchange,
    200,
    "",
    exchange.url.searchParams.has("error") ? "That way of signing in is not available here" : ""
  )
}

export const sendLoginPage = async (
  exchange: Exchange,
  status: number,
  email: string,
  problem: string
): Promise<void> =>
  sendHtml(
    exchange,
    status,
    (await template("login.html"))
      .replace("{{email}}", () => escapeHtml(email))
      .replace(
        "{{problem}}",
        () => problem === "" ? "" : `<p id="error-element" role="alert">${escapeHtml(problem)}</p>`
      )
  )

export const sendHtml = (exchange: Exchange, status: number, html: string): void => {
  exchange.response.setHeader(
    "content-security-policy",
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'"
  )
  send(exchange, status, "text/html; charset=utf-8", html)
}

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;")

const pageBehaviour = (behaviour: Behaviour, ignoredSendClicks: number): PageBehaviour => ({
  accountBlocked: behaviour.accountBlocked,
  announcement: behaviour.announcement,
  chips: behaviour.chips,
  composerLimit: behaviour.composerLimit,
  consentBanner: behaviour.consentBanner,
  feedbackDialog: behaviour.feedbackDialog,
  hydrationMs: behaviour.hydrationMs,
  ignoredSendClicks,
  labels: behaviour.labels,
  locale: behaviour.locale,
  menuTraps: behaviour.menuTraps,
  pasteLimit: behaviour.pasteLimit,
  picker: behaviour.picker,
  pickerDelayMs: behaviour.pickerDelayMs,
  pickerMenuMs: behaviour.pickerMenuMs,
  projectThreads: behaviour.projectThreads,
  proUnavailable: behaviour.proUnavailable,
  readAloud: behaviour.readAloud,
  searchPill: behaviour.searchPill,
  sliderStuck: behaviour.sliderStuck,
  staleDraft: behaviour.staleDraft,
  thinkingPanel: behaviour.thinkingPanel,
  usageLimit: behaviour.usageLimit,
  workMode: behaviour.workMode
})

export const documentRoutes: RouteTable = [
  ["GET", /^\/$/, shell],
  ["GET", /^(?:\/g\/g-p-[^/]+)?\/c\/[^/]+$/, shell],
  ["GET", /^\/work$/, shell],
  ["GET", /^\/(?:auth\/login|login)$/, login],
  ["GET", /^\/auth\/(?:google|apple|microsoft)$/, (exchange) => redirect(exchange, "/auth/login?error=OAuthSignin")]
]
