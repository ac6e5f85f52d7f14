// @effect-diagnostics nodeBuiltinImport:off
/** Moves a damaged database aside, so that a new one can be built from the mirrors; nothing is deleted. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { existsSync, renameSync } from "node:fs"
import { dirname, join } from "node:path"
import type { DatabaseSync } from "node:sqlite"
import { databaseFailure } from "./databaseFailure.ts"
import { hasSoundHeader, isBusy, isDamage, openLock, openShared } from "./SqliteFile.ts"
import { isWhole } from "./SqliteHealth.ts"

/**
 * Looks at a file that answered with damage once more, alone against other processes, and renames it with its side
 * files when it is damaged indeed.
 */
export const replaceDamaged = Effect.fnUntraced(function*(path: string) {
  const now = yield* DateTime.now
  const suffix = DateTime.formatIso(now).replaceAll(/[:.]/g, "-")
  yield* Effect.try({
    try: () => alone(join(dirname(path), "repair-lock.db"), () => moveAside(path, `${path}.damaged-${suffix}`)),
    catch: databaseFailure(path)
  })
})

const moveAside = (path: string, target: string): void => {
  if (isSound(path)) return
  for (const side of ["-wal", "-shm", ""]) if (existsSync(path + side)) renameSync(path + side, target + side)
}

const isSound = (path: string): boolean => {
  if (!existsSync(path)) return true
  if (!hasSoundHeader(path)) return false
  let database: DatabaseSync | undefined
  try {
    database = openShared(path)
    return isWhole(database)
  } catch (cause) {
    if (isDamage(cause)) return false
    if (isBusy(cause)) return true
    throw cause
  } finally {
    database?.close()
  }
}

const lockWaitMs = 10_000

/** Runs while no other process does the same; the kernel ends it with the process. */
const alone = (lockFile: string, run: () => void): void => {
  const lock = openLock(lockFile, lockWaitMs)
  try {
    lock.exec("BEGIN EXCLUSIVE")
    run()
  } finally {
    lock.close()
  }
}
