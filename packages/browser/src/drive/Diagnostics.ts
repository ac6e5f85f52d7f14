// @effect-diagnostics nodeBuiltinImport:off
/** Saves what can still be seen of a page when a step failed: each part by itself, none of them required. */
import { classify } from "@effect-oracle/core/page/PageClassifier"
import * as Effect from "effect/Effect"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Driver } from "./Driver.ts"
import { observe } from "./Observe.ts"
import { readPlain } from "./PageCall.ts"
import { saveTrace } from "./Trace.ts"

const partMs = 10_000
const textChars = 200_000

const write = (directory: string, name: string, content: string | Uint8Array) =>
  Effect.tryPromise(() => writeFile(join(directory, name), content, { mode: 0o600 }))

const part = <E>(effect: Effect.Effect<unknown, E>) => Effect.ignore(Effect.timeout(effect, partMs))

export const diagnose = Effect.fn("ChatPage.diagnose")(function*(driver: Driver, directory: string) {
  yield* Effect.ignore(Effect.tryPromise(() => mkdir(directory, { recursive: true, mode: 0o700 })))
  const observed = Effect.flatMap(
    observe(driver),
    (observation) =>
      write(
        directory,
        "observation.json",
        `${JSON.stringify({ state: classify(observation), observation }, null, 2)}\n`
      )
  )
  const text = Effect.flatMap(
    readPlain<string>(driver, "diagnose", "pageText", [textChars]),
    (page) => write(directory, "page.txt", `${page}\n`)
  )
  const picture = Effect.flatMap(
    Effect.tryPromise(() => driver.page.screenshot({ timeout: partMs })),
    (image) => write(directory, "screenshot.png", image)
  )
  const address = Effect.flatMap(Effect.sync(() => driver.page.url()), (url) => write(directory, "url.txt", `${url}\n`))
  yield* Effect.all([part(address), part(observed), part(text), part(picture)], { discard: true })
  yield* saveTrace(driver, directory)
})
