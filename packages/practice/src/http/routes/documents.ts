/** The HTML documents: the app's shell for every address of the app, and the sign-in page. */
import type { Bootstrap, PageBehaviour } from "../../wire.ts"
import { template } from "../assets.ts"
import { type Exchange, redirect, type RouteTable, send } from "../Exchange.ts"

const shell = async (exchange: Exchange): Promise<void> => {
  const { session, url, world } = exchange
  world.events.add("page", { path: url.pathname, signedIn: session !== undefined })
  const bootstrap: Bootstrap = {
    authStatus: session === undefined ? "logged_out" : "logged_in",
    user: session === undefined ? null : { id: session.user.id, name: session.user.name, email: session.user.email },
    page: pageBehaviour(exchange),
    modelSelection: session?.user.modelSelection ?? { tier: "Instant", proEffort: "Standard" }
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

const pageBehaviour = ({ world: { behaviour, countdown } }: Exchange): PageBehaviour => {
  const { announcement, chips, composerLimit, feedbackDialog, hydrationMs, labels, picker, pickerDelayMs } = behaviour
  const { proUnavailable, readAloud, usageLimit } = behaviour
  return {
    announcement,
    chips,
    composerLimit,
    feedbackDialog,
    hydrationMs,
    ignoredSendClicks: countdown.ignoredSendClicks,
    labels,
    picker,
    pickerDelayMs,
    proUnavailable,
    readAloud,
    usageLimit
  }
}

export const documentRoutes: RouteTable = [
  ["GET", /^\/$/, shell],
  ["GET", /^\/c\/[^/]+$/, shell],
  ["GET", /^\/(?:auth\/login|login)$/, login],
  ["GET", /^\/auth\/(?:google|apple|microsoft)$/, (exchange) => redirect(exchange, "/auth/login?error=OAuthSignin")]
]
