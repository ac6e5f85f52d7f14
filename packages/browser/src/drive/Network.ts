/** Watches requests of the page that send a prompt or carry an upload; nothing of their content is kept. */
import type { Page, Request, Response } from "playwright-core"
import type { SiteDefinition } from "../site/Site.ts"
import { isRecord } from "./isRecord.ts"
import { promptMark } from "./PromptMark.ts"

export interface SeenRequest {
  readonly kind: "send" | "upload"
  /** True where the site definition names the path; false where the content alone gave it away. */
  readonly declared: boolean
  /** Number in the order of departure, from 1. */
  readonly number: number
  /** HTTP status; null while no answer came; 0 when the request failed without one. */
  status: number | null
  /** The last byte of the answer came. */
  ended: boolean
}

/** What the site told the page about its session. The token stays in memory. */
export interface SeenSession {
  readonly identified: boolean
  readonly anonymous: boolean
  readonly email: string | null
  readonly token: string | null
  /** `performance.now()` of the answer. */
  readonly at: number
}

export interface Network {
  readonly session: () => SeenSession | null
  /** The page has asked for its session and has no answer yet. */
  readonly sessionPending: () => boolean
  /** It is known that the page does not ask for a session. */
  readonly sessionAbsent: () => boolean
  readonly giveUpSession: () => void
  /** Requests that left after this number. */
  readonly since: (number: number) => ReadonlyArray<SeenRequest>
  readonly last: () => number
  /** Whether the site's answer to the newest send of this page has ended; undefined where the page sent nothing. */
  readonly responseEnded: () => boolean | undefined
  /** Other requests of the page that hand something to the site; what, is not known. */
  readonly writes: () => { readonly count: number; readonly open: number }
  /** The beginning of the prompt that is about to be sent, so that a send is known by its content. */
  expectPrompt: (prompt: string | null) => void
}

const text = (value: unknown): string => typeof value === "string" ? value : ""

const sessionOf = (site: SiteDefinition, json: unknown): SeenSession | null => {
  if (!isRecord(json)) return null
  const { accessToken, user } = json
  const token = text(accessToken) || null
  const none = { identified: false, anonymous: true, email: null, token, at: performance.now() }
  if (!isRecord(user)) return none
  const { email, id, name } = user
  const mail = text(email).includes("@") ? text(email) : null
  const real = mail !== null ||
    (text(id) === "" ? text(name) !== "" : !text(id).startsWith(site.paths.anonymousIdPrefix))
  return { ...none, identified: real, anonymous: !real, email: mail }
}

const methods = new Set(["POST", "PUT", "PATCH"])

type Mark = ReturnType<typeof promptMark>

const carries = (request: Request, mark: Mark): boolean => {
  if (mark === null) return false
  try {
    return mark(request.postData() ?? "") || mark(new URL(request.url()).search)
  } catch {
    return false
  }
}

export const watch = (page: Page, site: SiteDefinition): Network => {
  const seen: Array<SeenRequest> = []
  const byRequest = new WeakMap<Request, SeenRequest>()
  const send = site.paths.send.map((source) => new RegExp(source, "i"))
  const upload = site.paths.upload.map((source) => new RegExp(source, "i"))
  const writes = new Set<Request>()
  let written = 0
  let mark: Mark = null

  let session: SeenSession | null = null
  let pending = 0
  let absent = false
  const asksSession = (request: Request): boolean =>
    site.paths.session !== null && request.method() === "GET" && URL.canParse(request.url())
    && site.origins.includes(new URL(request.url()).origin) && new URL(request.url()).pathname === site.paths.session
  const takeSession = async (response: Response): Promise<void> => {
    try {
      if (response.status() === 200) session = sessionOf(site, await response.json()) ?? session
    } catch {
      return
    } finally {
      pending = Math.max(0, pending - 1)
    }
  }

  const note = (request: Request, kind: SeenRequest["kind"], declared: boolean) => {
    const entry: SeenRequest = { kind, declared, number: seen.length + 1, status: null, ended: false }
    seen.push(entry)
    byRequest.set(request, entry)
  }

  page.on("request", (request) => {
    if (asksSession(request)) pending += 1
    if (!URL.canParse(request.url())) return
    const url = new URL(request.url())
    const own = site.origins.includes(url.origin)
    if (!methods.has(request.method())) {
      if (own && !request.isNavigationRequest() && carries(request, mark)) note(request, "send", false)
      return
    }
    if (own && send.some((path) => path.test(url.pathname)) && request.method() === "POST") note(request, "send", true)
    else if (upload.some((path) => path.test(url.pathname))) note(request, "upload", true)
    else if (own && carries(request, mark)) note(request, "send", false)
    else if (own) {
      written += 1
      writes.add(request)
    }
  })
  page.on("websocket", (socket) => {
    const host = URL.canParse(socket.url()) ? new URL(socket.url()).host : ""
    if (!site.origins.some((origin) => new URL(origin).host === host)) return
    socket.on("framesent", ({ payload }) => {
      if (mark?.(payload.toString()) !== true) return
      seen.push({ kind: "send", declared: false, number: seen.length + 1, status: null, ended: false })
    })
  })
  page.on("response", (response) => {
    if (asksSession(response.request())) void takeSession(response)
    writes.delete(response.request())
    const entry = byRequest.get(response.request())
    if (entry !== undefined) entry.status = response.status()
  })
  page.on("requestfinished", (request) => {
    const entry = byRequest.get(request)
    if (entry !== undefined) entry.ended = true
  })
  page.on("requestfailed", (request) => {
    if (asksSession(request)) pending = Math.max(0, pending - 1)
    writes.delete(request)
    const entry = byRequest.get(request)
    if (entry !== undefined && entry.status === null) entry.status = 0
  })

  return {
    session: () => session,
    sessionPending: () => pending > 0,
    sessionAbsent: () => absent && pending === 0,
    giveUpSession: () => {
      absent = true
    },
    since: (number) => seen.slice(number),
    last: () => seen.length,
    responseEnded: () => seen.findLast(({ kind }) => kind === "send")?.ended,
    writes: () => ({ count: written, open: writes.size }),
    expectPrompt: (prompt) => {
      mark = prompt === null ? null : promptMark(prompt)
    }
  }
}
