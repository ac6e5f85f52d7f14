import type { CookieJar } from "@effect-oracle/browser/profile/CookieJar"
import { removeForeign, restore, writeJar } from "@effect-oracle/browser/profile/JarFile"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { BrowserContext } from "playwright-core"
import { config, temporaryFolder } from "../launch/workspace.ts"

const cookie = { name: "session", domain: "chatgpt.com", path: "/" }
const jar: CookieJar = [{
  ...cookie,
  observedAt: 1,
  cookie: { ...cookie, value: "kept", expires: -1, httpOnly: true, secure: true }
}]

/** A browser that answers so often and is gone then. */
const endsAfter = (calls: number) => {
  let left = calls
  const answer = <A>(value: A): Promise<A> => {
    left -= 1
    return left >= 0
      ? Promise.resolve(value)
      : Promise.reject(new Error("Target page, context or browser has been closed"))
  }
  const context: Pick<BrowserContext, "cookies" | "addCookies" | "clearCookies"> = {
    cookies: () => answer([]),
    addCookies: () => answer(undefined),
    clearCookies: () => answer(undefined)
  }
  return context
}

describe("a browser that is gone before it got the kept cookies", () => {
  for (const calls of [0, 1]) {
    it.effect(`counts as lost, so that another one is opened (after ${calls} answers)`, () =>
      Effect.gen(function*() {
        const folder = yield* temporaryFolder
        writeJar(folder, jar)
        const error = yield* Effect.flip(restore(endsAfter(calls), folder))
        assert.strictEqual(error.code, "browser_crashed")
      }))
  }

  it.effect("counts as lost while foreign cookies are looked for too", () =>
    Effect.gen(function*() {
      const site = yield* Effect.fromResult(resolveSite("chatgpt", config))
      assert.strictEqual((yield* Effect.flip(removeForeign(endsAfter(0), site))).code, "browser_crashed")
    }))
})
