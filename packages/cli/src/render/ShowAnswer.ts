/** Prints an answer on standard output: rendered for a person at a terminal, as it is for everything else. */
import { sanitise } from "@effect-oracle/core/text/Sanitise"
import * as Effect from "effect/Effect"
import { Screen } from "./Screen.ts"

export const showAnswer = Effect.fnUntraced(function*(markdown: string) {
  const screen = yield* Screen
  const text = sanitise(markdown)
  if (!screen.printsToTerminal) return yield* screen.print(text)
  const { renderMarkdown } = yield* Effect.promise(() => import("./markdown/renderMarkdown.ts"))
  const { columns, glyphs, styleOut } = screen
  yield* screen.print(renderMarkdown(text, { width: columns, paint: styleOut, glyphs }))
})
