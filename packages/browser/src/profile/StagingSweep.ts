// @effect-diagnostics nodeBuiltinImport:off
/** Removes staged profiles that a sign-in which died has left; one that is being prepared now has its lock and stays. */
import { AccountName, SiteName } from "@effect-oracle/core/domain/Ids"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { existsSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { Surroundings } from "../locate/Surroundings.ts"
import * as FileLock from "./FileLock.ts"
import { fsFailure } from "./FsFailure.ts"
import { folderState } from "./ProfileSafety.ts"
import { type SeedPaths, seedPaths } from "./SeedPaths.ts"
import { recover } from "./SeedSwap.ts"

const suffix = ".staging"
const isAccount = Schema.is(AccountName)

const stagedIn = (seeds: string): ReadonlyArray<SeedPaths> =>
  SiteName.literals.flatMap((site) => {
    const folder = join(seeds, site)
    if (!existsSync(folder)) return []
    const accounts = readdirSync(folder).filter((name) => name.endsWith(suffix)).map((name) =>
      name.slice(0, -suffix.length)
    )
    return accounts.filter(isAccount).map((account) => seedPaths(seeds, site, account))
  })

/** Answers what was removed. A staged profile that had become the successor of a missing seed takes its place instead. */
export const sweepStaging = Effect.fn("StagingSweep.sweepStaging")(function*(seeds: string, machine: Surroundings) {
  const staged = yield* Effect.try({ try: () => stagedIn(seeds), catch: fsFailure(`list ${seeds}`) })
  const removed: Array<string> = []
  for (const paths of staged) {
    yield* sweepOne(paths, machine).pipe(
      Effect.tap((gone) => Effect.sync(() => gone ? void removed.push(paths.staging) : undefined)),
      Effect.catch((error) => Effect.logWarning(`staged profile not removed: ${error.message}`))
    )
  }
  return removed
})

const held = fsFailure("take the lock of the staged profile")(new Error("somebody prepares it"))

const sweepOne = Effect.fnUntraced(function*(paths: SeedPaths, machine: Surroundings) {
  const lock = (file: string) => FileLock.acquire({ file, mode: "exclusive", waitMs: 0, busy: () => held })
  const free = yield* Effect.result(Effect.andThen(lock(paths.stagingLock), lock(paths.lock)))
  if (free._tag === "Failure") return free.failure === held ? false : yield* free.failure
  return yield* Effect.try({
    try: () => {
      recover(paths)
      if (folderState(paths.staging, machine) !== "folder") return false
      rmSync(paths.staging, { recursive: true, force: true })
      return true
    },
    catch: fsFailure(`remove ${paths.staging}`)
  })
}, Effect.scoped)
