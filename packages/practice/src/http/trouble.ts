/** Stands before every route: outages, the interstitial challenge, throttling. True when it has answered. */
import { template } from "./assets.ts"
import { cookiesOf, setCookie } from "./cookies.ts"
import { type Exchange, redirect, send, sendJson } from "./Exchange.ts"
import { sendHtml } from "./routes/documents.ts"

export const interfere = async (exchange: Exchange): Promise<boolean> => {
  const { behaviour, countdown } = exchange.world
  const { pathname } = exchange.url
  const backend = /^\/(?:backend-api|api|ces|files-upload)\//.test(pathname)
  const asset = /^\/(?:cdn\/|favicon)/.test(pathname)

  if (behaviour.challenge && !asset && !cleared(exchange)) {
    await challenge(exchange, backend)
    return true
  }
  if (behaviour.outage === "document" && !asset && countdown.outageRequests > 0) {
    if (!backend) countdown.outageRequests -= 1
    send(
      exchange,
      503,
      "text/plain",
      "upstream connect error or disconnect/reset before headers. reset reason: overflow"
    )
    return true
  }
  if (behaviour.outage === "cookies" && !asset) {
    const text = "HTTP error 431: Request header or cookie too large"
    send(exchange, 431, "text/html; charset=utf-8", `<!doctype html><title>431</title><h1>${text}</h1>`)
    return true
  }
  if (behaviour.outage === "api" && backend && pathname !== "/api/auth/session" && countdown.outageRequests > 0) {
    countdown.outageRequests -= 1
    sendJson(exchange, 503, { detail: { code: "service_unavailable", message: "Something went wrong." } })
    return true
  }
  if (behaviour.accountBlocked && backend && pathname !== "/api/auth/session") {
    sendJson(exchange, 403, { detail: { code: "account_secured", message: "Suspicious activity detected." } })
    return true
  }
  if (
    behaviour.rateLimit === "load" && /^\/backend-api\/conversations?(?:\/|$)/.test(pathname) &&
    exchange.method === "GET"
  ) {
    sendJson(exchange, 429, { detail: { code: "rate_limit_exceeded", message: "Too many requests" } })
    return true
  }
  return false
}

const cleared = (exchange: Exchange): boolean =>
  cookiesOf(exchange.request).get("cf_clearance") === exchange.world.clearance

const challenge = async (exchange: Exchange, backend: boolean): Promise<void> => {
  const { method, url, world } = exchange
  if (url.pathname === "/cdn-cgi/challenge-platform/frame") {
    sendHtml(exchange, 200, "<!doctype html><title>Challenge</title><p>Checking your browser</p>")
    return
  }
  if (method === "POST" && url.pathname === "/cdn-cgi/challenge-platform/verify") {
    setCookie(exchange.response, "cf_clearance", world.clearance, 3_600)
    world.events.add("challenge-solved")
    redirect(exchange, "/")
    return
  }
  exchange.response.setHeader("cf-mitigated", "challenge")
  if (backend) sendJson(exchange, 403, { detail: "challenge" })
  else sendHtml(exchange, 403, await template("challenge.html"))
}
