/** Closes what lies over a ready page, and never makes a choice: no answer preferred, no consent given, no retry. */
import * as Effect from "effect/Effect"
import type { Driver } from "./Driver.ts"
import { act, element } from "./PageCall.ts"

const rounds = 6
const clickMs = 3000

export const dismissOverlays = Effect.fn("ChatPage.dismissOverlays")(function*(driver: Driver) {
  for (let round = 0; round < rounds; round += 1) {
    const control = yield* element(driver, "dismissOverlays", "overlayControl", [])
    if (control === null) return
    yield* act("dismissOverlays", "dialog", clickMs + 1000, () => control.click({ timeout: clickMs })).pipe(
      Effect.catchTag("PageNavigated", () => Effect.void),
      Effect.catchIf(
        (error) => error.code !== "browser_crashed",
        () => Effect.ignore(act("dismissOverlays", "dialog", clickMs, () => driver.page.keyboard.press("Escape")))
      )
    )
    yield* Effect.sleep(150)
  }
})
