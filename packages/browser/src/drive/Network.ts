/** Watches requests of the page that send a prompt or carry an upload; nothing of their content is kept. */
import type { Page, Request } from "playwright-core"
import type { SiteDefinition } from "../site/Site.ts"

export interface SeenRequest {
  readonly kind: "send" | "upload"
  /** True where the site definition names the path; false where the content alone gave it away. */
  readonly declared: boolean
  /** Number in the order of departure, from 1. */
  readonly number: number
  /** HTTP status; null while no answer came; 0 when the request failed without one. */
  status: number | null
}

export interface Network {
  /** Requests that left after this number. */
  readonly since: (number: number) => ReadonlyArray<SeenRequest>
  readonly last: () => number
  /** The beginning of the prompt that is about to be sent, so that a send is known by its content. */
  expectPrompt: (prompt: string | null) => void
}

const methods = new Set(["POST", "PUT", "PATCH"])

/** The prompt as it stands inside a JSON body; short prompts are not unique enough. */
const marker = (prompt: string): string | null => {
  const start = prompt.slice(0, 120)
  return start.trim().length < 8 ? null : JSON.stringify(start).slice(1, -1)
}

const carries = (request: Request, mark: string | null): boolean => {
  if (mark === null) return false
  try {
    return request.postData()?.includes(mark) === true
  } catch {
    return false
  }
}

export const watch = (page: Page, site: SiteDefinition): Network => {
  const seen: Array<SeenRequest> = []
  const byRequest = new WeakMap<Request, SeenRequest>()
  const send = site.paths.send.map((source) => new RegExp(source, "i"))
  const upload = site.paths.upload.map((source) => new RegExp(source, "i"))
  let mark: string | null = null

  const note = (request: Request, kind: SeenRequest["kind"], declared: boolean) => {
    const entry: SeenRequest = { kind, declared, number: seen.length + 1, status: null }
    seen.push(entry)
    byRequest.set(request, entry)
  }

  page.on("request", (request) => {
    if (!methods.has(request.method()) || !URL.canParse(request.url())) return
    const url = new URL(request.url())
    const own = site.origins.includes(url.origin)
    if (own && send.some((path) => path.test(url.pathname)) && request.method() === "POST") note(request, "send", true)
    else if (upload.some((path) => path.test(url.pathname))) note(request, "upload", true)
    else if (own && carries(request, mark)) note(request, "send", false)
  })
  page.on("response", (response) => {
    const entry = byRequest.get(response.request())
    if (entry !== undefined) entry.status = response.status()
  })
  page.on("requestfailed", (request) => {
    const entry = byRequest.get(request)
    if (entry !== undefined && entry.status === null) entry.status = 0
  })

  return {
    since: (number) => seen.slice(number),
    last: () => seen.length,
    expectPrompt: (prompt) => {
      mark = prompt === null ? null : marker(prompt)
    }
  }
}
