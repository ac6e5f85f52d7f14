/** A site and a browser for a group of tests, and visits by somebody who is signed in; cookies end with each visit. */
import type { Behaviour } from "@effect-oracle/practice/Behaviour"
import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core"
import { afterAll, beforeAll, beforeEach } from "vitest"
import { launchChromium } from "./chromium.ts"

export interface Visits {
  readonly site: PracticeSite
  readonly browser: Browser
  readonly visit: <A>(use: (page: Page) => Promise<A>, path?: string, options?: BrowserContextOptions) => Promise<A>
}

/** As short as can be, for tests that are not about pace. */
export const hurried: Partial<Behaviour> = {
  thinkingMs: 5,
  tokenDelayMs: 1,
  chunkCharacters: 2_000,
  uploadMs: 0,
  processingMs: 0,
  urlDelayMs: 10,
  pickerDelayMs: 20
}

/** Call inside `describe`; the value is usable inside its tests. */
export const visits = (behaviour: Partial<Behaviour> = {}): Visits => {
  const held: { site?: PracticeSite; browser?: Browser; context?: BrowserContext } = {}
  const need = <A>(value: A | undefined): A => {
    if (value === undefined) throw new Error("Not started yet")
    return value
  }
  const openShared = async (): Promise<BrowserContext> => {
    held.context = await need(held.browser).newContext()
    return held.context
  }
  beforeAll(async () => {
    held.site = await start({ seed: "page", behaviour })
    held.browser = await launchChromium()
  })
  afterAll(async () => {
    await held.browser?.close()
    await held.site?.close()
  })
  beforeEach(() => held.site?.admin.reset())
  return {
    get site() {
      return need(held.site)
    },
    get browser() {
      return need(held.browser)
    },
    visit: async (use, path = "/", options = {}) => {
      const ofItsOwn = Object.keys(options).length > 0
      const context = ofItsOwn ? await need(held.browser).newContext(options) : held.context ?? await openShared()
      await context.clearCookies()
      await context.addCookies(need(held.site).admin.storageState().cookies)
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      await page.goto(need(held.site).url + path)
      return use(page).finally(() => ofItsOwn ? context.close() : page.close())
    }
  }
}

export const composer = (page: Page) => page.getByRole("textbox", { name: "Chat with ChatGPT" })

export const sendButton = (page: Page) => page.getByTestId("send-button")

/** A control that only a finished answer has. */
export const finishBar = (page: Page) => page.getByTestId("good-response-turn-action-button")

export const ask = async (page: Page, text: string) => {
  await composer(page).click()
  await page.keyboard.insertText(text)
  await sendButton(page).click()
}
