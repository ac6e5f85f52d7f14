/**
 * Brings a file that the page itself may not read, because its host says nothing about other origins: a page of its own
 * goes to the address, and whatever comes is made a download, which streams to disk and stays within a limit.
 */
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import type { CDPSession, Page } from "playwright-core"
import type { Driver } from "../Driver.ts"
import { failureOf } from "../PageFailure.ts"
import { mayFetch } from "./AddressPolicy.ts"

const openMs = 10_000

interface Paused {
  readonly requestId: string
  readonly request: { readonly url: string }
  readonly responseStatusCode?: number
  readonly responseHeaders?: ReadonlyArray<{ readonly name: string; readonly value: string }>
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400

/** What came of the navigation, beside the download that it may have started. */
export interface Arrived {
  foreign: boolean
  status: number
}

/** Refuses foreign hops and makes the last answer a download, whatever its kind. */
const steer = (driver: Driver, session: CDPSession, arrived: Arrived) => async (event: Paused): Promise<void> => {
  const { requestId } = event
  const status = event.responseStatusCode ?? 0
  if (!mayFetch(driver.site, event.request.url)) {
    arrived.foreign = true
    await session.send("Fetch.failRequest", { requestId, errorReason: "AccessDenied" })
    return
  }
  arrived.status = status
  if (status === 0 || isRedirect(status)) {
    await session.send("Fetch.continueRequest", { requestId })
    return
  }
  if (status >= 400) {
    await session.send("Fetch.failRequest", { requestId, errorReason: "Aborted" })
    return
  }
  const headers = event.responseHeaders ?? []
  const named = headers.find(({ name, value }) => /^content-disposition$/i.test(name) && /filename/i.test(value))
  const disposition = named === undefined ? "attachment" : named.value.replace(/^\s*inline\b/i, "attachment")
  await session.send("Fetch.continueResponse", {
    requestId,
    responseCode: status,
    responseHeaders: [
      ...headers.filter(({ name }) => !/^content-disposition$/i.test(name)),
      { name: "content-disposition", value: disposition }
    ]
  })
}

/** A page that lives for one file. */
const besides = (driver: Driver) =>
  Effect.acquireRelease(
    Effect.tryPromise({
      try: () => driver.page.context().newPage(),
      catch: (cause) => failureOf("download", null, cause)
    }).pipe(Effect.catchTag("PageNavigated", () => Effect.die("a new page does not navigate"))),
    (page) => Effect.ignore(Effect.timeout(Effect.tryPromise(() => page.close()), openMs))
  )

/** The page on which a download will begin, and the effect that sets out for the address. */
export const journey = Effect.fnUntraced(function*(driver: Driver, address: string) {
  const page: Page = yield* besides(driver)
  const arrived: Arrived = { foreign: false, status: 0 }
  const start: Effect.Effect<void, OracleError> = Effect.ignore(Effect.tryPromise(async () => {
    const session = await page.context().newCDPSession(page)
    const steered = steer(driver, session, arrived)
    session.on("Fetch.requestPaused", (event) => void steered(event).catch(() => undefined))
    await session.send("Fetch.enable", { patterns: [{ requestStage: "Request" }, { requestStage: "Response" }] })
    // The navigation never ends: what it would show becomes a download.
    await page.goto(address, { timeout: driver.site.limits.downloadStartMs, waitUntil: "commit" })
  }))
  return { page, start, arrived }
})
