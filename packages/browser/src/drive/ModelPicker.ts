/** Selects the model in whatever picker the page has, verifies it strictly, and leaves the picker closed. */
import type { ModelSelection } from "@effect-oracle/core/domain/ModelSelection"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import type { ModelReport } from "@effect-oracle/core/port/ChatBrowser"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { PickerRow } from "../page-script/protocol.ts"
import type { Driver } from "./Driver.ts"
import { act, element, read, unlessLost } from "./PageCall.ts"
import { decide, type PickerMemory, pillAgrees } from "./picker/Decision.ts"
import { rowKey } from "./picker/Rows.ts"
import { sameChoice, type Standing, standingIn, unseen, wantedBack } from "./picker/Standing.ts"
import { describe, type Wanted, wantedOf } from "./picker/Vocabulary.ts"
import { until } from "./Until.ts"

const step = "selectModel"
const clickMs = 2000
const maxSteps = 40

const view = (driver: Driver) => read(driver, step, "picker", [])

/** Pressed again only where the page replaced the control under the press: a second press would close the menu. */
const open = Effect.fnUntraced(function*(driver: Driver, part: "modelTrigger" | "effortTrigger" = "modelTrigger") {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const trigger = yield* element(driver, step, "part", [part])
    if (trigger === null) return
    const click = act(step, part, clickMs + 1000, () => trigger.click({ timeout: clickMs }))
    if (yield* unlessLost(Effect.as(click, true), false)) break
  }
  yield* until(view(driver), (now) => now.open, { limitMs: 2500, pollMs: 100 })
})

const press = Effect.fnUntraced(function*(driver: Driver, row: PickerRow) {
  const handle = yield* element(driver, step, "pickerRow", [row.index, row.name])
  if (handle === null) return
  yield* unlessLost(act(step, "modelRow", clickMs + 1000, () => handle.click({ timeout: clickMs })), undefined)
  yield* Effect.sleep(250)
})

/** One arrow key at a time; true while the slider follows. */
const slide = Effect.fnUntraced(function*(driver: Driver, to: number) {
  const before = (yield* view(driver)).slider
  const handle = yield* element(driver, step, "part", ["modelSlider"])
  if (before === null || handle === null) return false
  yield* unlessLost(
    act(step, "modelSlider", clickMs, async () => {
      await handle.focus()
      await driver.page.keyboard.press(to > before.now ? "ArrowRight" : "ArrowLeft")
    }),
    undefined
  )
  const after = yield* until(view(driver), (now) => now.slider !== null && now.slider.now !== before.now, {
    limitMs: 1500,
    pollMs: 80
  })
  return after.satisfied
})

const close = Effect.fnUntraced(function*(driver: Driver) {
  for (let round = 0; round < 4; round += 1) {
    const now = yield* view(driver)
    if (!now.open) return
    const control = now.rows.find((row) => row.kind === "close" && row.dialog)
    if (control === undefined) {
      yield* unlessLost(act(step, "modelMenu", clickMs, () => driver.page.keyboard.press("Escape")), undefined)
    } else yield* press(driver, control)
    yield* until(view(driver), (later) => !later.open, { limitMs: 1200, pollMs: 100 })
  }
})

const unavailable = ({ site: { picker } }: Driver, wanted: Wanted, why: string, there: ReadonlyArray<string>) =>
  oracleError(
    "model_unavailable",
    `${describe(picker, wanted)} is not available: ${why}${
      there.length === 0 ? "" : `; the page offers ${there.join(", ")}`
    }`,
    { facts: { wanted: describe(picker, wanted), there: [...there] } }
  )

const unverified = ({ site: { picker } }: Driver, wanted: Wanted, why: string) =>
  oracleError("model_unverified", `${describe(picker, wanted)} could not be verified: ${why}`, {
    facts: { wanted: describe(picker, wanted) }
  })

/** The picker mounts late; so do the rows of a menu that was just opened. */
const mounted = (driver: Driver) =>
  until(view(driver), (now) => now.trigger !== null || now.open || now.chips.length > 0, {
    limitMs: driver.site.limits.pickerMountMs,
    pollMs: 200
  })

/** What became of the picker, also when the choice failed. */
interface Trail {
  readonly touched: boolean
  readonly before: Standing
}

const untouched: Trail = { touched: false, before: unseen }

const choose = Effect.fnUntraced(function*(driver: Driver, wanted: Wanted, trail: Ref.Ref<Trail>) {
  let memory: PickerMemory = { pressed: new Set(), chosen: false }
  let opens = 0
  let doubts = 0
  const end = (yield* Clock.currentTimeMillis) + driver.config.worker.modelTimeoutMs
  const touch = Ref.update(trail, (now) => ({ ...now, touched: true }))
  yield* mounted(driver)
  for (let count = 0; count < maxSteps && (yield* Clock.currentTimeMillis) < end; count += 1) {
    const now = yield* view(driver)
    yield* Ref.update(
      trail,
      (so) => so.touched ? so : { ...so, before: standingIn(driver.site.picker, now, so.before) }
    )
    const next = decide(driver.site.picker, now, wanted, memory)
    switch (next._tag) {
      case "Done":
        return { shown: next.shown, changed: memory.chosen }
      case "Open":
        opens += 1
        if (opens > 5) return yield* unverified(driver, wanted, "the model menu does not open (modelMenu)")
        yield* open(driver)
        break
      case "OpenEffort":
        opens += 1
        if (opens > 8) return yield* unverified(driver, wanted, "the control for the effort does not change it")
        yield* close(driver)
        yield* open(driver, "effortTrigger")
        break
      case "Press":
        memory = { pressed: new Set([...memory.pressed, rowKey(next.row)]), chosen: memory.chosen || next.leaf }
        if (next.leaf) yield* touch
        yield* press(driver, next.row)
        if (next.leaf) memory = { ...memory, pressed: new Set([rowKey(next.row)]) }
        break
      case "Slide":
        yield* touch
        if (!(yield* slide(driver, next.to))) {
          return yield* unverified(driver, wanted, "the slider does not move (modelSlider)")
        }
        memory = { ...memory, chosen: true }
        break
      case "Unavailable":
      case "Unverified":
        doubts += 1
        if (doubts < 4) {
          yield* Effect.sleep(400)
          break
        }
        return yield* (next._tag === "Unavailable"
          ? unavailable(driver, wanted, next.why, next.there)
          : unverified(driver, wanted, next.why))
    }
  }
  return yield* unverified(driver, wanted, "the picker did not settle in time")
})

const confirm = Effect.fnUntraced(function*(driver: Driver, wanted: Wanted, trail: Ref.Ref<Trail>) {
  const report = yield* choose(driver, wanted, trail)
  yield* close(driver)
  const pill = yield* until(
    view(driver),
    (now) => now.trigger !== null && pillAgrees(driver.site.picker, now.triggerNames, wanted),
    { limitMs: 2000, pollMs: 150 }
  )
  if (!pillAgrees(driver.site.picker, pill.value.triggerNames, wanted)) {
    return yield* unverified(driver, wanted, `the page shows ${pill.value.trigger ?? "nothing"} afterwards`)
  }
  return report satisfies ModelReport
})

const restoreMs = 15_000

/** Chooses again what stood before; answers what a person should know about it. */
const restore = Effect.fnUntraced(function*(driver: Driver, wanted: Wanted, { before, touched }: Trail) {
  const back = wantedBack(before)
  if (!touched) return ""
  if (back === null) return "; the page did not say what was chosen before, so look at its model picker"
  if (sameChoice(back, wanted)) return ""
  const again = yield* Ref.make(untouched)
  return yield* confirm(driver, back, again).pipe(
    Effect.timeoutOrElse({
      duration: restoreMs,
      orElse: () => Effect.fail(unverified(driver, back, "it took too long"))
    }),
    Effect.as(`; ${describe(driver.site.picker, back)}, which was chosen before, is chosen again`),
    Effect.catchIf(
      (error) => error.code !== "browser_crashed",
      () => Effect.succeed(`; ${describe(driver.site.picker, back)} was chosen before and could not be chosen again`)
    )
  )
})

const withMore = (error: OracleError, more: string): OracleError =>
  more === "" ? error : oracleError(error.code, `${error.detail}${more}`, {
    ...(error.facts === undefined ? {} : { facts: error.facts }),
    cause: error
  })

const choiceFailed = (error: OracleError): boolean =>
  error.code === "model_unavailable" || error.code === "model_unverified"

const select = Effect.fnUntraced(function*(driver: Driver, wanted: Wanted) {
  const trail = yield* Ref.make(untouched)
  return yield* confirm(driver, wanted, trail).pipe(
    Effect.catchIf(choiceFailed, (error) =>
      Effect.gen(function*() {
        const more = yield* restore(driver, wanted, yield* Ref.get(trail))
        return yield* withMore(error, more)
      })),
    Effect.tapError(() => Effect.ignore(close(driver)))
  )
})

/** `current` touches nothing; everything else is chosen and proven, or fails. */
export const selectModel = Effect.fn("ChatPage.selectModel")(function*(driver: Driver, selection: ModelSelection) {
  const wanted = wantedOf(selection)
  if (wanted === null) {
    const now = yield* view(driver)
    return { shown: now.trigger ?? now.chips[0] ?? null, changed: false } satisfies ModelReport
  }
  return yield* select(driver, wanted)
})
