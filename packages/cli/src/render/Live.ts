/** The live line of something that lasts: a spinner, words, and a bar where the measure is known. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { Screen } from "./Screen.ts"
import { cut } from "./Table.ts"
import type { Glyphs } from "./TerminalKind.ts"

export interface Picture {
  readonly words: string
  /** Between 0 and 1; absent where nobody knows. */
  readonly done?: number
}

const frameMs = 120
const barWidth = 20

/** `██████░░░░░░░░░░░░░░ 30 %` */
export const barOf = (done: number, glyphs: Glyphs, width = barWidth): string => {
  const part = Math.max(0, Math.min(1, done))
  const full = Math.round(part * width)
  return `${glyphs.full.repeat(full)}${glyphs.empty.repeat(width - full)} ${Math.floor(part * 100)} %`
}

/** Draws what `picture` says, several times a second, until `work` is over. Costs nothing where nobody looks on. */
export const withLive = Effect.fnUntraced(function*<A, E, R, R2>(
  picture: Effect.Effect<Picture, never, R2>,
  work: Effect.Effect<A, E, R>
) {
  const screen = yield* Screen
  if (!screen.live) return yield* work
  const draw = Effect.gen(function*() {
    const { done, words } = yield* picture
    const frames = screen.glyphs.spinner
    const frame = frames[Math.floor((yield* Clock.currentTimeMillis) / frameMs) % frames.length] ?? ""
    const bar = done === undefined ? "" : `${barOf(done, screen.glyphs)}  `
    const room = screen.columns - 3 - bar.length
    yield* screen.status(`${screen.style("cyan", `${frame} ${bar}`)}${cut(words, room)}`)
    yield* screen.taskbar(done === undefined ? "busy" : { percent: done * 100 })
  })
  const drawing = Effect.andThen(Effect.repeat(draw, Schedule.spaced(frameMs)), Effect.never)
  return yield* Effect.raceFirst(work, drawing).pipe(
    Effect.ensuring(Effect.andThen(screen.status(""), screen.taskbar("off")))
  )
})
