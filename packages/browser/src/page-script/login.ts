/** Asks the site's back end who is signed in, from inside the page. */
import type { LoginView, PageSite } from "./protocol.ts"

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown> | null
}

const limitMs = 5000
const cachedMs = 8000
let known: { readonly at: number; readonly view: LoginView } | null = null
let token: { readonly at: number; readonly value: string } | null = null

/** GET as JSON with the page's cookies; status 0 when nothing came within the limit. */
export const getJson = async (path: string, bearer: string | null, ms = limitMs): Promise<Answer> => {
  try {
    const response = await fetch(path, {
      credentials: "include",
      cache: "no-store",
      signal: AbortSignal.timeout(ms),
      headers: bearer === null
        ? { accept: "application/json" }
        : { accept: "application/json", authorization: `Bearer ${bearer}` }
    })
    const body: unknown = /json/i.test(response.headers.get("content-type") ?? "") ? await response.json() : null
    return { status: response.status, body: typeof body === "object" ? body as Record<string, unknown> | null : null }
  } catch {
    return { status: 0, body: null }
  }
}

/** An address that serves nothing, or the page itself, is no end point to ask. */
const absent = (answer: Answer): boolean =>
  answer.status === 404 || answer.status === 405 || (answer.status === 200 && answer.body === null)

const text = (value: unknown): string => typeof value === "string" ? value : ""

/** The bearer token of the session, where the site gives one; kept for a short time only. */
export const bearer = async (site: PageSite): Promise<string | null> => {
  if (token !== null && performance.now() - token.at < cachedMs) return token.value
  if (site.paths.session === null) return null
  const session = await getJson(site.paths.session, null)
  const value = text(session.body?.["accessToken"])
  token = value === "" ? null : { at: performance.now(), value }
  return token?.value ?? null
}

const identityOf = (
  site: PageSite,
  user: Record<string, unknown>
): { readonly real: boolean; readonly email: string | null } => {
  const id = text(user["id"])
  const email = text(user["email"])
  const real = email.includes("@") || (id !== "" && !id.startsWith(site.paths.anonymousIdPrefix))
  return { real, email: email.includes("@") ? email : null }
}

const ask = async (site: PageSite): Promise<LoginView> => {
  const { session, me } = site.paths
  if (session === null && me === null) {
    return { asked: false, status: 0, identified: false, anonymous: false, email: null }
  }
  let status = 0
  let anonymous = false
  let accessToken: string | null = null
  let asked = false
  if (session !== null) {
    const answer = await getJson(session, null)
    status = answer.status
    asked = !absent(answer)
    accessToken = text(answer.body?.["accessToken"]) || null
    if (accessToken !== null) token = { at: performance.now(), value: accessToken }
    const user = answer.body?.["user"]
    if (answer.status === 200 && typeof user === "object" && user !== null) {
      const { email, real } = identityOf(site, user as Record<string, unknown>)
      const named = text((user as Record<string, unknown>)["name"]) !== "" &&
        text((user as Record<string, unknown>)["id"]) === ""
      if (real || named) {
        return { asked: true, status, identified: true, anonymous: false, email }
      }
    }
    anonymous = answer.status === 200 && answer.body !== null && (user === undefined || user === null)
  }
  if (me !== null) {
    const answer = await getJson(me, accessToken)
    if (answer.status !== 0) status = answer.status
    asked = asked || !absent(answer)
    if (answer.status === 200 && answer.body !== null) {
      const { email, real } = identityOf(site, answer.body)
      if (real) return { asked: true, status, identified: true, anonymous: false, email }
      anonymous = anonymous || text(answer.body["id"]).startsWith(site.paths.anonymousIdPrefix)
    }
  }
  return { asked, status, identified: false, anonymous, email: null }
}

/** Who is signed in; a known identity is believed for some seconds, so that observing stays cheap. */
export const login = async (site: PageSite): Promise<LoginView> => {
  if (known !== null && performance.now() - known.at < cachedMs) return known.view
  const view = await ask(site)
  known = view.identified ? { at: performance.now(), view } : null
  return view
}
