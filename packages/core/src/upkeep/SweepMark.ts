/** `retention.json`: when the last sweep was, by the wall clock and by the machine's steady one, to notice a clock that was set. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Path from "effect/Path"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { oracleError } from "../error/OracleError.ts"
import { Processes } from "../port/Processes.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { elapsedMs } from "../worker/Elapsed.ts"

export const SweepMark = Schema.Struct({
  schemaVersion: Schema.Literal(1),
  bootId: Schema.String,
  wallMs: Schema.Finite,
  /** Goes on through every jump of the wall clock; starts anew with each boot. */
  steadyMs: Schema.Finite,
  /** Steady time from which on sweeps are held, because the wall clock had moved; null when they are not. */
  heldSinceMs: Schema.NullOr(Schema.Finite)
})
export type SweepMark = typeof SweepMark.Type

const dayMs = 86_400_000
const hourMs = 3_600_000

/** What is known of time at a sweep, beside its mark. */
export type Reading = Pick<SweepMark, "bootId" | "wallMs" | "steadyMs">

export type Timing =
  /** The last sweep was less than an hour ago. */
  | { readonly _tag: "TooSoon" }
  /** The wall clock moved by more than a day without a reboot: ages mean nothing until a day has passed or it is reset. */
  | { readonly _tag: "Held"; readonly mark: SweepMark; readonly movedMs: number | null }
  | { readonly _tag: "Sweep"; readonly mark: SweepMark }

/** Pure. After a move, sweeps rest for a day of steady time, or until the next boot. */
export const timingOf = (last: SweepMark | null, now: Reading): Timing => {
  const mark: SweepMark = { schemaVersion: 1, ...now, heldSinceMs: null }
  if (last === null || last.bootId !== now.bootId) return { _tag: "Sweep", mark }
  const passedMs = now.steadyMs - last.steadyMs
  const movedMs = now.wallMs - last.wallMs - passedMs
  if (Math.abs(movedMs) > dayMs) return { _tag: "Held", mark: { ...mark, heldSinceMs: now.steadyMs }, movedMs }
  if (last.heldSinceMs !== null && now.steadyMs - last.heldSinceMs < dayMs) {
    return { _tag: "Held", mark: { ...mark, heldSinceMs: last.heldSinceMs }, movedMs: null }
  }
  return passedMs >= 0 && passedMs < hourMs ? { _tag: "TooSoon" } : { _tag: "Sweep", mark }
}

const MarkJson = Schema.fromJsonString(SweepMark)

const pathOf = Effect.gen(function*() {
  const path = yield* Path.Path
  return path.join((yield* StateDirs).state, "retention.json")
})

export const reading: Effect.Effect<Reading, never, Processes> = Effect.gen(function*() {
  const { bootId } = (yield* Processes).self
  return { bootId, wallMs: DateTime.toEpochMillis(yield* DateTime.now), steadyMs: yield* elapsedMs }
})

/** The mark of the last sweep; null when there is none or it cannot be read. */
export const read = Effect.gen(function*() {
  const files = yield* JobFiles
  const text = yield* Effect.orElseSucceed(files.read(yield* pathOf), () => null)
  const decoded = text === null ? null : Schema.decodeResult(MarkJson)(text)
  return decoded !== null && Result.isSuccess(decoded) ? decoded.success : null
})

export const write = Effect.fnUntraced(function*(mark: SweepMark) {
  const files = yield* JobFiles
  const text = yield* Schema.encodeEffect(MarkJson)(mark).pipe(
    Effect.mapError((cause) => oracleError("internal_error", "the mark of the sweep cannot be encoded", { cause }))
  )
  yield* files.write(yield* pathOf, text)
})
