/** Calls a function of the page script, with a limit, and again when a navigation took the page away. */
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { ElementHandle, Page } from "playwright-core"
import type { PageApi } from "../page-script/protocol.ts"
import type { PageSite } from "../page-script/site.ts"
import type { Driver } from "./Driver.ts"
import { failureOf, type PageNavigated, timeoutError } from "./PageFailure.ts"
import { pageScript } from "./PageScript.ts"

type Data<Name extends keyof PageApi> = Awaited<ReturnType<PageApi[Name]>>
type Rest<Name extends keyof PageApi> = PageApi[Name] extends (site: PageSite, ...rest: infer R) => unknown ? R : never

declare global {
  /** Defined in the page by the page script; never in node. */
  var oraclePage: {
    readonly call: Record<string, (...args: ReadonlyArray<unknown>) => unknown>
    readonly site: { readonly current: unknown }
  } | undefined
}

/** Most functions take the site's definition first; the page has it already. */
type Wire = readonly [name: string, args: ReadonlyArray<unknown>, withSite: boolean]

const missing = "oracle page script is missing"

const dataIn = async ([name, args, withSite]: Wire): Promise<string> => {
  const { call, site } = globalThis.oraclePage ?? {}
  const found = call?.[name]
  if (found === undefined || (withSite && (site?.current ?? null) === null)) return "missing"
  return `=${JSON.stringify(await found(...(withSite ? [site?.current, ...args] : args)) ?? null)}`
}

const elementIn = ([name, args]: Wire): unknown =>
  globalThis.oraclePage?.call[name]?.(globalThis.oraclePage.site.current, ...args) ?? null

const scriptIn = (): boolean => (globalThis.oraclePage?.site.current ?? null) !== null

const defaultLimitMs = 20_000
const navigationRetries = 40

/** Puts the page script into the present document, where it is not there yet. */
export const ensureScript = (page: Page, source: string): Promise<unknown> =>
  page.evaluate(scriptIn).then((there) => there ? undefined : page.evaluate(source))

const attempt = <A>(
  site: PageSite,
  step: string,
  limitMs: number,
  run: (source: string) => Promise<A>
): Effect.Effect<A, OracleError | PageNavigated> =>
  Effect.flatMap(
    pageScript(site),
    (source) => Effect.tryPromise({ try: () => run(source), catch: (cause) => failureOf(step, null, cause) })
  ).pipe(
    Effect.timeoutOrElse({ duration: limitMs, orElse: () => Effect.fail(timeoutError(step, null, limitMs)) })
  )

const again = <A>(step: string, limitMs: number, effect: Effect.Effect<A, OracleError | PageNavigated>) =>
  effect.pipe(
    Effect.retry({
      while: (error) => error._tag === "PageNavigated",
      schedule: Schedule.spaced(150).pipe(Schedule.upTo({ times: navigationRetries }))
    }),
    Effect.catchTag("PageNavigated", () =>
      Effect.fail(timeoutError(`${step} on a page that keeps navigating`, null, limitMs)))
  )

const once = async <A>(page: Page, source: string, wire: Wire): Promise<A> => {
  let answer = await page.evaluate(dataIn, wire)
  if (answer === "missing") {
    await ensureScript(page, source)
    answer = await page.evaluate(dataIn, wire)
  }
  if (answer === "missing") throw new Error(missing)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the page script's own type; decoded where it decides
  return JSON.parse(answer.slice(1)) as A
}

/** Data from the page; read again as a whole when a navigation interrupts it. */
export const read = <Name extends keyof PageApi>(
  driver: Driver,
  step: string,
  name: Name,
  args: Rest<Name>,
  limitMs: number = defaultLimitMs
): Effect.Effect<Data<Name>, OracleError> =>
  again(
    step,
    limitMs,
    attempt(driver.site, step, limitMs, (source) => once<Data<Name>>(driver.page, source, [name, args, true]))
  )

/** A function without the site argument. */
export const readPlain = <A>(
  driver: Driver,
  step: string,
  name: keyof PageApi,
  args: ReadonlyArray<unknown>,
  limitMs: number = defaultLimitMs
): Effect.Effect<A, OracleError> =>
  again(
    step,
    limitMs,
    attempt(driver.site, step, limitMs, (source) => once<A>(driver.page, source, [name, args, false]))
  )

/** A handle of one element of the page, or null when it is not there. */
export const element = <Name extends keyof PageApi>(
  driver: Driver,
  step: string,
  name: Name,
  args: Rest<Name>
): Effect.Effect<ElementHandle | null, OracleError> =>
  again(
    step,
    defaultLimitMs,
    attempt(driver.site, step, defaultLimitMs, async (source) => {
      await ensureScript(driver.page, source)
      const handle = await driver.page.evaluateHandle(elementIn, [name, args, true] as Wire)
      return handle.asElement()
    })
  )

/** A single Playwright action; `part` is the name of the element in the site definition. */
export const act = <A>(
  step: string,
  part: string | null,
  limitMs: number,
  run: () => Promise<A>
): Effect.Effect<A, OracleError | PageNavigated> =>
  Effect.tryPromise({ try: run, catch: (cause) => failureOf(step, part, cause) }).pipe(
    Effect.timeoutOrElse({ duration: limitMs, orElse: () => Effect.fail(timeoutError(step, part, limitMs)) })
  )

/** The fallback instead of any failure, except a lost page. */
export const unlessLost = <A, B>(
  effect: Effect.Effect<A, OracleError | PageNavigated>,
  fallback: B
): Effect.Effect<A | B, OracleError> =>
  effect.pipe(
    Effect.catchTag("PageNavigated", () => Effect.succeed(fallback)),
    Effect.catchIf((error) => error.code !== "browser_crashed", () => Effect.succeed(fallback))
  )
