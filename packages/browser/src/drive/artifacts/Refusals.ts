/** Notices that the site refuses the file that the page asks for after a press, so that nobody waits for its download. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Request, Response } from "playwright-core"
import type { Driver } from "../Driver.ts"

/** A page may try again by itself. */
const secondThoughtsMs = 2000

/** As long as the scope lives: the status of a refusal that stood for a while, with nothing else asked for. */
export const refusals = Effect.fnUntraced(function*(driver: Driver) {
  const clock = yield* Clock.Clock
  const files = driver.site.paths.files.map((source) => new RegExp(source, "i"))
  const open = new Set<Request>()
  let last: { readonly status: number; readonly at: number } | null = null
  const onRequest = (request: Request) => {
    if (!URL.canParse(request.url())) return
    const { origin, pathname } = new URL(request.url())
    if (driver.site.origins.includes(origin) && files.some((path) => path.test(pathname))) open.add(request)
  }
  const onResponse = (response: Response) => {
    if (!open.has(response.request())) return
    if (response.status() < 400) last = null
    else if (open.delete(response.request())) last = { status: response.status(), at: clock.currentTimeMillisUnsafe() }
  }
  yield* Effect.acquireRelease(
    Effect.sync(() => driver.page.on("request", onRequest).on("response", onResponse)),
    () => Effect.sync(() => driver.page.off("request", onRequest).off("response", onResponse))
  )
  return (now: number): number | null =>
    last !== null && open.size === 0 && now - last.at >= secondThoughtsMs ? last.status : null
})
