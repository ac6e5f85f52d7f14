/** Removes the temporary files of processes that ended in the middle of a write. Idempotent. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import { Processes } from "../port/Processes.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { StateDirs } from "../store/StateDirs.ts"

/** Ends in the writer's process id, something random, and what kind of file it is. */
const pattern = /\.(\d{1,10})-[0-9a-f-]{8,40}\.(?:tmp|part)$/

/** Job directories that are looked at, newest first. */
const limit = 500

/** The process that writes this file; null for any other name. */
export const writerOf = (name: string): number | null => {
  const pid = pattern.exec(name)?.[1]
  return pid === undefined ? null : Number(pid)
}

/** Looks at the state directory and at the newest jobs. Never fails; a file whose writer lives stays. */
export const sweep = Effect.fn("TempFiles.sweep")(function*() {
  const files = yield* JobFiles
  const dirs = yield* StateDirs
  const ids = (yield* Effect.orElseSucceed(files.list, () => [])).toReversed().slice(0, limit)
  const folders = ids.flatMap((id) => [dirs.job(id).directory, dirs.job(id).artifacts])
  yield* Effect.forEach([dirs.state, ...folders], sweepFolder, { discard: true })
})

const sweepFolder = Effect.fnUntraced(
  function*(folder: string) {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const processes = yield* Processes
    for (const name of yield* fs.readDirectory(folder)) {
      const pid = writerOf(name)
      if (pid === null || (yield* processes.identify(pid)) !== null) continue
      yield* fs.remove(path.join(folder, name), { force: true })
    }
  },
  (effect) => Effect.ignore(effect)
)
