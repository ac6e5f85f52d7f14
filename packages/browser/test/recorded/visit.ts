/** Serves hand-written pages to a real browser and reads each in one pass of the page script. */
import { ensureScript } from "@effect-oracle/browser/drive/PageCall"
import { pageScript } from "@effect-oracle/browser/drive/PageScript"
import { PageObservation } from "@effect-oracle/core/page/PageObservation"
import { Effect, Schema } from "effect"
import { type Handler, serveFixture } from "../drive/fixture.ts"
import { openOn } from "../drive/session.ts"
import type { Me, Written } from "./Written.ts"

const members: Readonly<Record<string, unknown>> = {
  member: { id: "user-1", email: "jane@example.com" },
  anonymous: { id: "ua-1", email: "" }
}

const documentOf = ({ body, lang = "en", title = "ChatGPT" }: Written): string =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title><style>.ProseMirror{min-height:24px}</style></head><body>${body}</body></html>`

const json = (status: number, value: unknown): Handler => (_, response) => {
  response.writeHead(status, { "content-type": "application/json" })
  response.end(JSON.stringify(value))
}

const answerMe = (me: Me): Handler =>
  me === 0
    ? (_, response) => void response.destroy()
    : typeof me === "number"
    ? json(me, { detail: "no" })
    : json(200, members[me])

const answerPage = (written: Written): Handler => (request, response) => {
  const script = (request.url ?? "").includes("challenge-platform")
  response.writeHead(script ? 200 : written.status ?? 200, { "content-type": "text/html; charset=utf-8" })
  response.end(script ? "" : documentOf(written))
}

/** What depends on the moment and the port of a recording, made the same for all. */
const timeless = (page: PageObservation, origin: string, ageMs: number): PageObservation => ({
  ...page,
  url: page.url.replace(origin, "https://chatgpt.com").replace(/^http:\/\/localhost:\d+/, "https://elsewhere.example"),
  ageMs
})

const decode = Schema.decodeUnknownEffect(PageObservation)

/** One browser for all pages: answers how each of them is read. */
export const visitor = Effect.gen(function*() {
  let current: Written = { name: "", state: "unknown", body: "" }
  const session: Handler = (...exchange) =>
    (current.session === undefined ? json(404, {}) : json(200, current.session))(...exchange)
  const fixture = yield* serveFixture({
    "/backend-api/me": (...exchange) => answerMe(current.me ?? "member")(...exchange),
    "/api/auth/session": session,
    "*": (...exchange) => answerPage(current)(...exchange)
  })
  const { raw, site } = yield* openOn({ site: "chatgpt", url: fixture.url, cookies: [] })
  const source = yield* pageScript(site)
  const port = new URL(fixture.url).port
  return Effect.fnUntraced(function*(written: Written) {
    current = written
    const origin = written.foreign === true ? `http://localhost:${port}` : fixture.url
    yield* Effect.promise(() => raw.goto(`${origin}${written.path ?? "/"}`, { waitUntil: "load" }))
    const text = yield* Effect.promise(async () => {
      await ensureScript(raw, source)
      return raw.evaluate(async () => {
        const { call, site } = globalThis.oraclePage ?? {}
        return JSON.stringify(await call?.["observe"]?.(site?.current, null))
      })
    })
    return timeless(yield* decode(JSON.parse(text)), fixture.url, written.ageMs ?? 10_000)
  })
})
