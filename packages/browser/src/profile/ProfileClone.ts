// @effect-diagnostics nodeBuiltinImport:off
/**
 * Copies a profile that no browser uses, by an own walk with copy-on-write where the file system has it. Hard links
 * would be faster still and are wrong: databases of the profile are written in place.
 */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { reach } from "@effect-oracle/core/port/CrashPoint"
import * as Effect from "effect/Effect"
import { constants, copyFileSync, type Dirent, mkdirSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { type CloneStrategy, verdictOf } from "./CloneRules.ts"
import { errnoOf, fsFailure } from "./FsFailure.ts"

export interface Cloned {
  readonly files: number
}

/** Files copied before other fibers get a turn. */
const batch = 16

const isGone = (cause: unknown): boolean => errnoOf(cause) === "ENOENT"

function* walk(from: string, to: string, strategy: CloneStrategy, below = ""): Generator<void> {
  for (const entry of readdirSync(join(from, below), { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`
    const verdict = verdictOf(strategy, path)
    if (verdict !== "skip") yield* copyEntry(from, to, strategy, path, entry, verdict === "take")
  }
}

function* copyEntry(
  from: string,
  to: string,
  strategy: CloneStrategy,
  path: string,
  entry: Dirent,
  files: boolean
): Generator<void> {
  if (entry.isDirectory()) {
    mkdirSync(join(to, path), { mode: 0o700 })
    return yield* walk(from, to, strategy, path)
  }
  if (!files || !entry.isFile()) return
  copyFileSync(join(from, path), join(to, path), constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
  yield
}

const failure = (from: string, to: string) => (cause: unknown): OracleError =>
  isGone(cause)
    ? oracleError("seed_busy", `${from} changed while it was copied`, { cause })
    : fsFailure(`copy ${from} to ${to}`)(cause)

/** Copies `from` into the folder `to`, which must not exist. Links and other special files are left out. */
export const cloneProfile = Effect.fn("ProfileClone.cloneProfile")(function*(
  from: string,
  to: string,
  strategy: CloneStrategy
) {
  const failed = failure(from, to)
  yield* Effect.try({ try: () => mkdirSync(to, { mode: 0o700 }), catch: fsFailure(`create ${to}`) })
  const steps = walk(from, to, strategy)
  let files = 0
  const step = Effect.try({
    try: () => {
      for (let left = files === 0 ? 1 : batch; left > 0; left--) {
        if (steps.next().done === true) return true
        files++
      }
      return false
    },
    catch: failed
  })
  while (!(yield* step)) {
    yield* reach("clone.middle")
    yield* Effect.yieldNow
  }
  return { files } satisfies Cloned
})
