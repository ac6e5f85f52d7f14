// @effect-diagnostics nodeBuiltinImport:off
/** Brings the content of one file out of the browser: fetched in the page, or as a download that stays within a limit. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import type { Download, Page, Request } from "playwright-core"
import type { Driver } from "../Driver.ts"
import { act, read } from "../PageCall.ts"
import { lostError } from "../PageFailure.ts"
import { sessionToken } from "../Session.ts"
import { mayFetch, pointedAt } from "./AddressPolicy.ts"
import { dispositionName } from "./FileName.ts"
import { journey } from "./Navigation.ts"
import { refusals } from "./Refusals.ts"
import type { Content } from "./Store.ts"

const step = "download"
const inlineBytes = 2 * 1024 * 1024

export interface Brought {
  readonly content: Content
  /** Name that server or browser suggests; untrusted. */
  readonly suggested: string | null
}

export const failed = (detail: string, cause?: unknown): OracleError =>
  oracleError("artifact_failed", detail, { facts: { step }, ...(cause === undefined ? {} : { cause }) })

/** A failure after which no other way to the file may be tried. */
const final = (detail: string): OracleError => oracleError("artifact_failed", detail, { facts: { step, final: true } })

export const isFinal = (error: OracleError): boolean => error.facts?.["final"] === true

const tooLarge = (maxBytes: number) => final(`the file is larger than ${maxBytes} bytes`)

const sizeIn = async (directory: string): Promise<number> => {
  let sum = 0
  for (const name of await readdir(directory).catch(() => [])) {
    sum += await stat(join(directory, name)).then((found) => found.size, () => 0)
  }
  return sum
}

/** Waits for a download to end and cancels it as soon as it grows over the limit. */
const finish = Effect.fnUntraced(function*(driver: Driver, download: Download, before: number, maxBytes: number) {
  const done = Effect.tryPromise({
    try: () => download.path(),
    catch: (cause) => failed("the download broke off", cause)
  })
  const guard = Effect.gen(function*() {
    for (;;) {
      yield* Effect.sleep(100)
      const size = yield* Effect.promise(() => sizeIn(driver.downloadsDir))
      if (size - before > maxBytes) return yield* tooLarge(maxBytes)
    }
  })
  const end = Effect.ignore(Effect.tryPromise(() => download.cancel()))
  const path = yield* Effect.raceFirst(done, guard).pipe(
    Effect.timeoutOrElse({
      duration: driver.config.worker.downloadTimeoutMs,
      orElse: () => Effect.fail(failed(`the download took longer than ${driver.config.worker.downloadTimeoutMs} ms`))
    }),
    Effect.onError(() => end)
  )
  const { size } = yield* Effect.tryPromise({
    try: () => stat(path),
    catch: (cause) => failed("the download is gone", cause)
  })
  if (size > maxBytes) return yield* tooLarge(maxBytes)
  return { content: { _tag: "File", path }, suggested: download.suggestedFilename() } satisfies Brought
})

/** Remembers the first download that begins while it listens. */
const listen = (page: Page) => {
  const found: Array<Download> = []
  const listener = (download: Download) => {
    found.push(download)
  }
  return Effect.acquireRelease(
    Effect.sync(() => {
      page.on("download", listener)
      return found
    }),
    () => Effect.sync(() => page.off("download", listener))
  )
}

const begun = Effect.fnUntraced(function*(
  driver: Driver,
  found: ReadonlyArray<Download>,
  refused: (now: number) => number | null = () => null
) {
  const end = (yield* Clock.currentTimeMillis) + driver.site.limits.downloadStartMs
  for (;;) {
    const [download] = found
    if (download !== undefined) return download
    if (driver.page.isClosed()) return yield* lostError(step)
    const now = yield* Clock.currentTimeMillis
    const status = refused(now)
    if (status !== null) return yield* failed(`the site answered the request for the file with ${status}`)
    if (now > end) return yield* failed("no download began")
    yield* Effect.sleep(50)
  }
})

/** The one download that an action starts. */
export const downloadFrom = Effect.fnUntraced(function*(
  driver: Driver,
  maxBytes: number,
  start: Effect.Effect<unknown, OracleError>
) {
  const before = yield* Effect.promise(() => sizeIn(driver.downloadsDir))
  const download = yield* Effect.scoped(Effect.gen(function*() {
    const found = yield* listen(driver.page)
    const refused = yield* refusals(driver)
    yield* start
    return yield* begun(driver, found, refused)
  }))
  const from = download.url()
  if (/^https?:/.test(from) && !mayFetch(driver.site, from)) {
    yield* Effect.ignore(Effect.tryPromise(() => download.cancel()))
    return yield* final("the download came from a foreign origin")
  }
  return yield* finish(driver, download, before, maxBytes)
})

/** Addresses that a fetch went through, so that each redirect is checked and not only the last. */
const hopsOf = (address: string) => {
  const hops: Array<string> = []
  const rootOf = (request: Request): string => {
    const from = request.redirectedFrom()
    return from === null ? request.url() : rootOf(from)
  }
  const listener = (request: Request) => {
    if (rootOf(request) === address) hops.push(request.url())
  }
  return { hops, listener }
}

/** Another origin than the page's: whether it may be read there is for that origin to say. */
const isElsewhere = (driver: Driver, address: string): boolean =>
  URL.canParse(driver.page.url()) && new URL(address).origin !== new URL(driver.page.url()).origin

const byNavigation = Effect.fnUntraced(function*(driver: Driver, address: string, maxBytes: number) {
  const before = yield* Effect.promise(() => sizeIn(driver.downloadsDir))
  const { arrived, page, start } = yield* journey(driver, address)
  const found = yield* listen(page)
  yield* start
  if (arrived.foreign) return yield* final("the address of the file leads to a foreign origin")
  if (arrived.status >= 400) return yield* failed(`the host of the file answered ${arrived.status}`)
  const download = yield* begun(driver, found)
  return yield* finish(driver, download, before, maxBytes)
}, Effect.scoped)

interface Fetched extends Brought {
  readonly json: unknown
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const fetchOnce = Effect.fnUntraced(function*(driver: Driver, address: string, maxBytes: number) {
  if (!mayFetch(driver.site, address)) return yield* final("the address of the file is foreign")
  const { hops, listener } = hopsOf(address)
  const limitMs = driver.config.worker.downloadTimeoutMs
  let saved: Brought | null = null
  const fetching = read(driver, step, "fetchFile", [
    address,
    { maxBytes, inlineBytes },
    "oracle-download",
    sessionToken(driver)
  ], limitMs)
  const view = yield* Effect.acquireUseRelease(
    Effect.sync(() => driver.page.on("request", listener)),
    () =>
      Effect.scoped(Effect.gen(function*() {
        const downloads = yield* listen(driver.page)
        const before = yield* Effect.promise(() => sizeIn(driver.downloadsDir))
        const found = yield* fetching
        if (found.saved) saved = yield* finish(driver, yield* begun(driver, downloads), before, maxBytes)
        return found
      })),
    () => Effect.sync(() => driver.page.off("request", listener))
  )
  if (hops.some((hop) => !mayFetch(driver.site, hop)) || !mayFetch(driver.site, view.url)) {
    return yield* final("the address of the file leads to a foreign origin")
  }
  if (view.problem === "too large") return yield* tooLarge(maxBytes)
  if (view.status === 0 && !view.ok && isElsewhere(driver, address)) {
    return { ...(yield* byNavigation(driver, address, maxBytes)), json: null } satisfies Fetched
  }
  if (!view.ok) return yield* failed(view.problem ?? "the file could not be fetched")
  const suggested = dispositionName(view.disposition)
  if (saved !== null) return { content: (saved as Brought).content, suggested, json: null } satisfies Fetched
  const bytes = Buffer.from(view.base64 ?? "", "base64")
  const json = /json/i.test(view.contentType) && suggested === null ? parsed(bytes.toString("utf8")) : null
  return { content: { _tag: "Bytes", bytes }, suggested, json } satisfies Fetched
})

/** Content of an address; an end point that answers with `download_url` is followed once. */
export const fetched = Effect.fnUntraced(function*(driver: Driver, address: string, maxBytes: number) {
  const first = yield* fetchOnce(driver, address, maxBytes)
  const pointer = pointedAt(first.json)
  if (pointer === null) return first satisfies Brought
  const next = URL.canParse(pointer.url, address) ? new URL(pointer.url, address).href : ""
  const second = yield* fetchOnce(driver, next, maxBytes)
  return { content: second.content, suggested: pointer.name ?? second.suggested } satisfies Brought
})

/** Content of a `data:` address. */
export const inData = (address: string, maxBytes: number): Effect.Effect<Brought, OracleError> => {
  const match = /^data:([^,]*?)(;base64)?,(.*)$/is.exec(address)
  if (match === null) return Effect.fail(failed("the data address is malformed"))
  const [, , base64, body = ""] = match
  if (body.length > maxBytes * 4) return Effect.fail(tooLarge(maxBytes))
  return Effect.try({
    try: () => base64 === undefined ? Buffer.from(decodeURIComponent(body), "utf8") : Buffer.from(body, "base64"),
    catch: (cause) => failed("the data address is malformed", cause)
  }).pipe(Effect.flatMap((bytes) =>
    bytes.length > maxBytes
      ? Effect.fail(tooLarge(maxBytes))
      : Effect.succeed<Brought>({ content: { _tag: "Bytes", bytes }, suggested: null })
  ))
}

/** A blob lives in the page only and leaves it as a download. */
export const fromBlob = (driver: Driver, address: string, maxBytes: number) =>
  downloadFrom(driver, maxBytes, read(driver, step, "saveAddress", [address, "oracle-download"])).pipe(
    Effect.map(({ content }): Brought => ({ content, suggested: null }))
  )

export const pressed = (driver: Driver, click: () => Promise<void>, maxBytes: number) =>
  downloadFrom(
    driver,
    maxBytes,
    act(step, "fileControl", 8000, click).pipe(
      Effect.catchTag("PageNavigated", () => Effect.fail(failed("the page navigated")))
    )
  )
