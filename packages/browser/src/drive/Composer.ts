/** Puts the prompt into the composer so that its text equals the prompt, whatever kind of input the page has. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { ElementHandle } from "playwright-core"
import type { ComposerView } from "../page-script/protocol.ts"
import { removeFresh } from "./Attachments.ts"
import type { Driver } from "./Driver.ts"
import { act, element, read } from "./PageCall.ts"
import { timeoutError } from "./PageFailure.ts"
import { stay } from "./Place.ts"
import { until } from "./Until.ts"

const step = "compose"
const actionMs = 60_000

export const normalised = (prompt: string): string => prompt.replaceAll(/\r\n?/g, "\n")

const composerOf = (driver: Driver) => read(driver, step, "composer", [])

const inputOf = Effect.fnUntraced(function*(driver: Driver) {
  const ready = yield* until(composerOf(driver), (view) => view.present && view.enabled, {
    limitMs: driver.site.limits.pageReadyMs,
    pollMs: 150
  })
  const input = yield* element(driver, step, "part", ["composerInput"])
  if (!ready.satisfied || input === null) {
    return yield* timeoutError(step, "composerInput", driver.site.limits.pageReadyMs)
  }
  return { input, kind: ready.value.kind }
})

const orPage = <A>(
  effect: Effect.Effect<A, OracleError | { readonly _tag: "PageNavigated" }>
): Effect.Effect<A, OracleError> =>
  Effect.catchTag(
    effect,
    "PageNavigated",
    () => Effect.fail(oracleError("prompt_not_faithful", "the page navigated while the prompt was filled in"))
  ) as Effect.Effect<A, OracleError>

/** Empties the composer, also of a draft that the site restores some moments after loading. */
const clear = Effect.fnUntraced(function*(driver: Driver) {
  for (let round = 0; round < 5; round += 1) {
    const { text } = yield* composerOf(driver)
    if (text === "") return
    yield* read(driver, step, "selectComposer", [])
    yield* orPage(act(step, "composerInput", actionMs, () => driver.page.keyboard.press("Delete")))
    yield* Effect.sleep(50)
  }
})

type Strategy = (driver: Driver, input: ElementHandle, prompt: string) => Effect.Effect<void, OracleError>

const focusAll = (driver: Driver) => read(driver, step, "selectComposer", [])

const byFill: Strategy = (_, input, prompt) =>
  orPage(act(step, "composerInput", actionMs, () => input.fill(prompt, { timeout: actionMs })))

const byInsert: Strategy = (driver, _, prompt) =>
  Effect.andThen(
    focusAll(driver),
    orPage(act(step, "composerInput", actionMs, () => driver.page.keyboard.insertText(prompt)))
  )

const byInsertKeepingSpace: Strategy = (driver, input, prompt) =>
  Effect.andThen(read(driver, step, "preserveSpace", []), byInsert(driver, input, prompt))

/** The slow way of a person: each line by itself, Shift+Enter between lines. */
const byLines: Strategy = Effect.fnUntraced(function*(driver: Driver, _: ElementHandle, prompt: string) {
  yield* focusAll(driver)
  const lines = prompt.split("\n")
  if (lines.length > 3000) return
  yield* orPage(act(step, "composerInput", actionMs, async () => {
    for (const [index, line] of lines.entries()) {
      if (index > 0) await driver.page.keyboard.press("Shift+Enter")
      if (line !== "") await driver.page.keyboard.insertText(line)
    }
  }))
})

/** A key of a person after the text was put in: an editor that keeps its text elsewhere shows that text now. */
const touch = (driver: Driver) =>
  orPage(act(step, "composerInput", actionMs, async () => {
    await driver.page.keyboard.insertText(".")
    await driver.page.keyboard.press("Backspace")
  }))

const byEntering = (name: "enterLines" | "enterPaste"): Strategy => (driver, _, prompt) =>
  Effect.flatMap(read(driver, step, name, [prompt]), (taken) => taken ? touch(driver) : Effect.void)

const byText: Strategy = (driver, _, prompt) => Effect.asVoid(read(driver, step, "enterText", [prompt]))

/** Lines from which typing them as a person would take longer than a few seconds. */
const manyLines = 400

const strategies = (kind: ComposerView["kind"], prompt: string): ReadonlyArray<Strategy> => {
  const isLong = prompt.split("\n").length > manyLines
  const lines = isLong ? [byEntering("enterLines")] : []
  if (kind === "textarea") return [...lines, byFill, byInsert, byLines]
  const paste = isLong ? [byEntering("enterPaste")] : []
  return [...lines, ...paste, byInsert, byInsertKeepingSpace, byText, byFill, byLines]
}

const difference = (wanted: string, shown: string): string => {
  if (shown.length < wanted.length && wanted.startsWith(shown)) {
    return `the composer kept ${shown.length} of ${wanted.length} characters`
  }
  let at = 0
  while (at < wanted.length && wanted[at] === shown[at]) at += 1
  return `the composer differs from the prompt at character ${at + 1} of ${wanted.length} (it holds ${shown.length})`
}

/** Waits until the text stands still and equals the prompt; `send` compares once more right before its click. */
const holds = Effect.fnUntraced(function*(driver: Driver, prompt: string) {
  const seen = yield* until(composerOf(driver), (view) => view.text === prompt, { limitMs: 2500, pollMs: 100 })
  if (!seen.satisfied) return seen.value
  yield* Effect.sleep(100)
  return yield* composerOf(driver)
})

const enter = Effect.fnUntraced(function*(driver: Driver, strategy: Strategy, prompt: string) {
  const { input } = yield* inputOf(driver)
  yield* clear(driver)
  yield* strategy(driver, input, prompt)
  return yield* holds(driver, prompt)
})

/** A page without an editor may read its editable in the browser's own way, in which an empty line counts twice. */
const readable = Effect.fnUntraced(function*(driver: Driver, strategy: Strategy, prompt: string) {
  const { readsAlike, text } = yield* enter(driver, byText, prompt)
  return (text === prompt && readsAlike) || (yield* enter(driver, strategy, prompt)).text === prompt
})

export const compose = Effect.fn("ChatPage.compose")(function*(driver: Driver, given: string) {
  const prompt = normalised(given)
  if (prompt.length > driver.site.prompt.maxChars) {
    return yield* oracleError(
      "prompt_too_large",
      `the prompt has ${prompt.length} characters; ${driver.site.label} takes ${driver.site.prompt.maxChars}`,
      { facts: { chars: prompt.length, maxChars: driver.site.prompt.maxChars } }
    )
  }
  yield* stay(driver)
  let shown = ""
  const before = yield* composerOf(driver)
  const { kind } = yield* inputOf(driver)
  for (const strategy of strategies(kind, prompt)) {
    const view = yield* enter(driver, strategy, prompt)
    shown = view.text
    const entered = shown === prompt && (view.readsAlike || (yield* readable(driver, strategy, prompt)))
    if (!(yield* removeFresh(driver, before))) {
      return yield* oracleError("prompt_not_faithful", "the page made a file of the prompt that cannot be taken away")
    }
    if (entered) return yield* Ref.set(driver.prompt, prompt)
  }
  return yield* oracleError("prompt_not_faithful", difference(prompt, shown), {
    facts: { wantedChars: prompt.length, shownChars: shown.length }
  })
})
