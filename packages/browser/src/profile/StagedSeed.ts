// @effect-diagnostics nodeBuiltinImport:off
/**
 * A seed in the making, beside the one in use: prepared under its own lock, and swapped in only when it is finished.
 * A crash at any point leaves the seed in use, or its predecessor, or the finished successor.
 */
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import { requireSafe as requireOurs } from "@effect-oracle/core/node/StateSafety"
import type { SeedKey, SeedStatus } from "@effect-oracle/core/port/SeedProfiles"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { mkdirSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Surroundings } from "../locate/Surroundings.ts"
import * as FileLock from "./FileLock.ts"
import { fsFailure } from "./FsFailure.ts"
import { requireFolderOrNothing, requireSafeBelow } from "./ProfileSafety.ts"
import { inspectSeed, seedBusy } from "./SeedInspection.ts"
import { readMarker, type SeedMarker } from "./SeedMarker.ts"
import { profileOf, type SeedPaths } from "./SeedPaths.ts"
import { commitStaged, recover } from "./SeedSwap.ts"

export interface StagedSeed {
  /** The folder that becomes the seed. */
  readonly directory: string
  readonly profileDir: string
  readonly tempDir: string
  /** Makes it the seed; its browser must have ended. The old seed becomes `.prev`. */
  readonly commit: (
    marker: Omit<SeedMarker, "version" | "generation" | "revision" | "site" | "account">
  ) => Effect.Effect<SeedStatus, OracleError>
}

/** The last helpers of a browser that was ended may still write for a moment. */
const removal = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }

const prepare = (paths: SeedPaths, profileDir: string, tempDir: string): void => {
  rmSync(paths.staging, removal)
  for (const folder of [paths.staging, profileDir, tempDir]) mkdirSync(folder, { mode: 0o700 })
}

const lastGeneration = (paths: SeedPaths): number =>
  Math.max(...[paths.seed, paths.previous].map((directory) => {
    const marker = readMarker(directory)
    return typeof marker === "string" ? 0 : marker.generation
  }))

/** An empty staged profile; one at a time per site and account, removed with the scope unless it was committed. */
export const stagedSeed = (
  key: SeedKey,
  paths: SeedPaths,
  machine: Surroundings
): Effect.Effect<StagedSeed, OracleError, Scope.Scope> =>
  Effect.gen(function*() {
    const seeds = dirname(paths.siteDir)
    yield* requireSafeBelow(seeds, paths.staging, machine)
    yield* requireOurs(seeds)
    for (const path of [paths.siteDir, paths.seed, paths.previous]) yield* requireFolderOrNothing(path, machine)
    yield* FileLock.acquire({ file: paths.stagingLock, mode: "exclusive", waitMs: 0, busy: () => seedBusy(key) })
    const exclusive = FileLock.acquire({
      file: paths.lock,
      mode: "exclusive",
      waitMs: 20_000,
      busy: () => seedBusy(key)
    })
    const profileDir = profileOf(paths.staging)
    const tempDir = join(paths.staging, "tmp")
    yield* Effect.scoped(Effect.andThen(
      exclusive,
      Effect.try({
        try: () => {
          recover(paths)
          prepare(paths, profileDir, tempDir)
        },
        catch: fsFailure(`prepare ${paths.staging}`)
      })
    ))
    yield* Effect.addFinalizer(() =>
      Effect.ignore(
        Effect.try({
          try: () => rmSync(paths.staging, removal),
          catch: fsFailure(`remove ${paths.staging}`)
        }),
        { log: "Warn" }
      )
    )
    const commit: StagedSeed["commit"] = Effect.fn("StagedSeed.commit")(function*(facts) {
      yield* exclusive
      yield* Effect.try({
        try: () =>
          commitStaged(paths, {
            ...facts,
            version: 1,
            generation: lastGeneration(paths) + 1,
            revision: 0,
            site: key.site,
            account: key.account
          }),
        catch: fsFailure(`replace ${paths.seed}`)
      })
      return yield* inspectSeed(key, paths, machine)
    }, Effect.scoped)
    return { directory: paths.staging, profileDir, tempDir, commit }
  })
