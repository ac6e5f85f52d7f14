/** A site and a browser for a group of tests, and visits by somebody who is signed in. */
import type { Behaviour } from "@effect-oracle/practice/Behaviour"
import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import type { StorageState } from "@effect-oracle/practice/storageState"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
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
  const held: { site?: PracticeSite; browser?: Browser } = {}
  const need = <A>(value: A | undefined): A => {
    if (value === undefined) throw new Error("Not started yet")
    return value
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
      const storageState = mutable(need(held.site).admin.storageState())
      const context = await need(held.browser).newContext({ storageState, ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      await page.goto(need(held.site).url + path)
      return use(page).finally(() => context.close())
    }
  }
}

/** Playwright's type for it is a mutable one. */
const mutable = (state: StorageState): Exclude<BrowserContextOptions["storageState"], string | undefined> =>
  JSON.parse(JSON.stringify(state))

export const composer = (page: Page) => page.getByRole("textbox", { name: "Chat with ChatGPT" })

export const sendButton = (page: Page) => page.getByTestId("send-button")

/** A control that only a finished answer has. */
export const finishBar = (page: Page) => page.getByTestId("good-response-turn-action-button")

export const ask = async (page: Page, text: string) => {
  await composer(page).click()
  await page.keyboard.insertText(text)
  await sendButton(page).click()
}
