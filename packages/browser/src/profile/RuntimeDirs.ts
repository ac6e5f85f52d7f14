// @effect-diagnostics nodeBuiltinImport:off
/** The disposable folders of jobs: made with 0700, removed only as a direct child of the configured folder. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import { makeSafe, requireSafe } from "@effect-oracle/core/node/StateSafety"
import { reach } from "@effect-oracle/core/port/CrashPoint"
import * as Effect from "effect/Effect"
import { existsSync, mkdirSync, readdirSync } from "node:fs"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { removeLinks } from "../launch/ShortTemp.ts"
import type { Surroundings } from "../locate/Surroundings.ts"
import { errnoOf, fsFailure } from "./FsFailure.ts"
import { folderState, notAFolder } from "./ProfileSafety.ts"

const validId = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/

/** The folder of a runtime id; an id that could lead elsewhere is refused. */
export const runtimeDir = (root: string, id: string): Effect.Effect<string, OracleError> =>
  validId.test(id)
    ? Effect.succeed(join(root, id))
    : Effect.fail(oracleError("internal_error", `${JSON.stringify(id.slice(0, 120))} is no runtime id`))

/** Creates the folder with its place for temporary files; fails when it exists already, or below a folder not ours. */
export const createRuntime = Effect.fn("RuntimeDirs.createRuntime")(function*(root: string, id: string) {
  const directory = yield* runtimeDir(root, id)
  yield* makeSafe(root)
  yield* Effect.try({
    try: () => {
      mkdirSync(directory, { mode: 0o700 })
      mkdirSync(join(directory, "tmp"), { mode: 0o700 })
    },
    catch: (cause) =>
      errnoOf(cause) === "EEXIST"
        ? oracleError("storage_failed", `the runtime folder ${directory} exists already`, { cause })
        : fsFailure(`create ${directory}`)(cause)
  })
  return directory
})

/** How a worker names them. A folder that the configuration names may hold other things: they are nobody's orphans. */
const runtimeName = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const contents = new Set(["profile", "tmp", "seed.json", "cookies.json"])

const isRuntime = (directory: string): boolean => {
  const names = readdirSync(directory)
  return names.length === 0 || names.some((name) => contents.has(name))
}

/** Names of the runtimes that exist; what else lies beside them is left out, as all that is listed may be removed. */
export const listRuntimes = (root: string): Effect.Effect<ReadonlyArray<string>, OracleError> =>
  Effect.andThen(requireSafe(root), Effect.try({ try: () => namesIn(root), catch: fsFailure(`list ${root}`) }))

const namesIn = (root: string): ReadonlyArray<string> => {
  if (!existsSync(root)) return []
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && runtimeName.test(entry.name) && isRuntime(join(root, entry.name)))
    .map((entry) => entry.name)
}

/**
 * Removes a runtime and its links. Absent is fine; a link, a file or another user's folder is refused. Whoever knows the
 * browser ends it with `Processes.end` before, which waits for its helpers: they outlive a killed browser and write on,
 * into folders that are being removed (ENOTEMPTY), or that they make anew. The retries are for one whose identity nobody
 * had recorded yet.
 */
export const removeRuntime = Effect.fn("RuntimeDirs.removeRuntime")(function*(
  root: string,
  id: string,
  machine: Surroundings
) {
  const directory = yield* runtimeDir(root, id)
  yield* requireSafe(root)
  const failed = fsFailure(`remove ${directory}`)
  const state = yield* Effect.try({
    try: () => {
      removeLinks(directory)
      return folderState(directory, machine)
    },
    catch: failed
  })
  if (state === "absent") return
  if (state !== "folder") return yield* notAFolder(directory, state)
  yield* reach("profile.remove.before")
  yield* Effect.tryPromise({
    try: () => rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
    catch: failed
  }).pipe(
    Effect.timeoutOrElse({
      duration: "10 seconds",
      orElse: () => Effect.fail(oracleError("storage_failed", `could not remove ${directory} within 10 s`))
    })
  )
  yield* reach("profile.remove.after")
})
