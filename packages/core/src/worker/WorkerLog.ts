/** `logs/worker.log`: what the workers of a job did, a line each, for people. Identifiers and sizes only. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { JobId } from "../domain/Ids.ts"
import { JobFiles } from "../store/JobFiles.ts"
import type { EventInput } from "../store/JobStore.ts"
import { StateDirs } from "../store/StateDirs.ts"

/** Never fails: the events of the store are the history, this is a copy. */
export const append = Effect.fnUntraced(
  function*(id: JobId, events: ReadonlyArray<EventInput>) {
    if (events.length === 0) return
    const files = yield* JobFiles
    const dirs = yield* StateDirs
    const at = DateTime.formatIso(yield* DateTime.now)
    const lines = events.map(({ kind, message }) => `${at} ${kind.padEnd(8)} ${message.replaceAll(/\s+/g, " ")}\n`)
    yield* files.append(dirs.job(id).workerLog, lines.join(""))
  },
  (effect) => Effect.ignore(effect)
)
