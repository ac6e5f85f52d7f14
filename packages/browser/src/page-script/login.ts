/** Asks the site's back end who is signed in, from inside the page. */
import { isRecord } from "./dom.ts"
import type { LoginView, SessionHint } from "./protocol.ts"
import type { PageSite } from "./site.ts"

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>> | null
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
    return { status: response.status, body: isRecord(body) ? body : null }
  } catch {
    return { status: 0, body: null }
  }
}

/** An address that serves nothing, or the page itself, is no end point to ask. */
const absent = (answer: Answer): boolean =>
  answer.status === 404 || answer.status === 405 || (answer.status === 200 && answer.body === null)

const text = (value: unknown): string => typeof value === "string" ? value : ""

/** The bearer token of the page's session, or else one that is asked for and kept for a short time only. */
export const bearer = async (site: PageSite, given: string | null): Promise<string | null> => {
  if (given !== null) return given
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

const signedIn = (status: number, email: string | null): LoginView => ({
  asked: true,
  status,
  identified: true,
  anonymous: false,
  email
})

/** The end point that changes nothing, asked first. */
const askMe = async (
  site: PageSite,
  known: string | null
): Promise<{ readonly view: LoginView; readonly asked: boolean }> => {
  const none = { asked: false, status: 0, identified: false, anonymous: false, email: null }
  if (site.paths.me === null) return { view: none, asked: false }
  const answer = await getJson(site.paths.me, known)
  if (absent(answer)) return { view: { ...none, status: answer.status }, asked: false }
  if (answer.status !== 200 || answer.body === null) {
    return { view: { ...none, asked: true, status: answer.status }, asked: true }
  }
  const { email, real } = identityOf(site, answer.body)
  if (real) return { view: signedIn(200, email), asked: true }
  const anonymous = text(answer.body["id"]).startsWith(site.paths.anonymousIdPrefix)
  return { view: { ...none, asked: true, status: 200, anonymous }, asked: true }
}

/** The end point that may renew the session, asked only when nothing else tells who is here. */
const askSession = async (
  site: PageSite,
  me: { readonly view: LoginView; readonly asked: boolean }
): Promise<LoginView> => {
  if (site.paths.session === null) return me.view
  const answer = await getJson(site.paths.session, null)
  const accessToken = text(answer.body?.["accessToken"])
  if (accessToken !== "") token = { at: performance.now(), value: accessToken }
  const user = answer.body?.["user"]
  if (answer.status === 200 && isRecord(user)) {
    const { email, real } = identityOf(site, user)
    if (real || (text(user["name"]) !== "" && text(user["id"]) === "")) return signedIn(200, email)
  }
  const signedOut = answer.status === 200 && answer.body !== null && (user === undefined || user === null)
  return {
    ...me.view,
    asked: me.asked || !absent(answer),
    status: me.view.status === 0 ? answer.status : me.view.status,
    anonymous: me.view.anonymous || signedOut
  }
}

const freshMs = 60_000

/** Who is signed in; what the page was told a moment ago, or what was found out, is believed for some time. */
export const login = async (site: PageSite, hint: SessionHint | null): Promise<LoginView> => {
  if (hint !== null && hint.ageMs < freshMs) {
    const { anonymous, email, identified } = hint
    if (identified || anonymous) return { asked: true, status: 200, identified, anonymous, email }
  }
  if (known !== null && performance.now() - known.at < cachedMs) return known.view
  const me = await askMe(site, hint?.token ?? token?.value ?? null)
  const view = me.view.identified ? me.view : await askSession(site, me)
  known = view.identified ? { at: performance.now(), view } : null
  return view
}
