/** Damaged databases that were moved aside: kept for a while for whoever wants to look into them, then removed. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import { StateDirs } from "../store/StateDirs.ts"

/** `oracle.db.damaged-2026-03-01T10-00-00-000Z`, with its `-wal` and `-shm` beside it. */
const pattern = /^oracle\.db\.damaged-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z(?:-wal|-shm)?$/

const keptMs = 30 * 86_400_000
/** Of a database that is damaged again and again, the newest say enough. */
const kept = 3

/** When a file of this name was moved aside, in milliseconds; null for any other file. Pure. */
export const movedAt = (name: string): number | null => {
  const found = pattern.exec(name)
  if (found === null) return null
  const [, day, hour, minute, second, milli] = found
  const at = DateTime.make(`${day}T${hour}:${minute}:${second}.${milli}Z`)
  return at._tag === "Some" ? DateTime.toEpochMillis(at.value) : null
}

/** The files that go: those older than a month, and all but the newest few. Pure. */
export const dueOf = (names: ReadonlyArray<string>, nowMs: number): ReadonlyArray<string> => {
  const times = [...new Set(names.flatMap((name) => movedAt(name) ?? []))].toSorted((a, b) => b - a)
  const stay = new Set(times.slice(0, kept).filter((at) => nowMs - at < keptMs))
  return names.filter((name) => {
    const at = movedAt(name)
    return at !== null && !stay.has(at)
  })
}

/** Answers the names of what was removed. Never fails: what cannot be removed is tried again by the next sweep. */
export const sweep = Effect.fn("DamagedCopies.sweep")(
  function*() {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const { state } = yield* StateDirs
    const due = dueOf(yield* fs.readDirectory(state), DateTime.toEpochMillis(yield* DateTime.now))
    return yield* Effect.filter(
      due,
      (name) => Effect.match(fs.remove(path.join(state, name)), { onFailure: () => false, onSuccess: () => true })
    )
  },
  (effect) => Effect.orElseSucceed(effect, (): ReadonlyArray<string> => [])
)
