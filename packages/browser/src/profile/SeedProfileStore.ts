// @effect-diagnostics nodeBuiltinImport:off
/** The seed profiles on disk: the adapter of the port `SeedProfiles`. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { requireSafe as requireOurs } from "@effect-oracle/core/node/StateSafety"
import { reach } from "@effect-oracle/core/port/CrashPoint"
import { Processes } from "@effect-oracle/core/port/Processes"
import { type SeedKey, SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { existsSync, lstatSync } from "node:fs"
import { join } from "node:path"
import { Surroundings } from "../locate/Surroundings.ts"
import * as FileLock from "./FileLock.ts"
import { fsFailure } from "./FsFailure.ts"
import { cloneProfile } from "./ProfileClone.ts"
import { folderState, requireSafeBelow } from "./ProfileSafety.ts"
import * as RuntimeCookies from "./RuntimeCookies.ts"
import * as RuntimeDirs from "./RuntimeDirs.ts"
import { inspectSeed, seedBusy } from "./SeedInspection.ts"
import { profileOf, type SeedPaths, seedPaths } from "./SeedPaths.ts"
import { recover } from "./SeedSwap.ts"
import { sweepStaging } from "./StagingSweep.ts"
import { writeBack } from "./WriteBack.ts"

/** Seeds as folders under the state directory. */
export const layer = Layer.effect(
  SeedProfiles,
  Effect.gen(function*() {
    const machine = yield* Surroundings
    const dirs = yield* StateDirs
    const processes = yield* Processes

    const pathsOf = ({ account, config, site }: SeedKey): SeedPaths => seedPaths(dirs.seeds(config), site, account)

    const repair = Effect.fnUntraced(function*(key: SeedKey, paths: SeedPaths) {
      const cutOff = yield* Effect.try({
        try: () =>
          !existsSync(paths.seed) &&
          [paths.previous, paths.staging, paths.merging, paths.discarded].some((path) => existsSync(path)),
        catch: fsFailure(`look at ${paths.seed}`)
      })
      if (!cutOff) return
      yield* FileLock.acquire({ file: paths.lock, mode: "exclusive", waitMs: 10_000, busy: () => seedBusy(key) })
      yield* Effect.try({ try: () => recover(paths), catch: fsFailure(`repair ${paths.seed}`) })
    }, Effect.scoped)

    const check = Effect.fn("SeedProfiles.check")(function*(key: SeedKey) {
      const paths = pathsOf(key)
      const runtimes = dirs.runtimes(key.config)
      yield* requireSafeBelow(runtimes, join(runtimes, "runtime"), machine)
      yield* requireSafeBelow(dirs.seeds(key.config), paths.seed, machine)
      yield* requireOurs(dirs.seeds(key.config))
      yield* repair(key, paths)
      return yield* inspectSeed(key, paths, machine)
    })

    const requireClosed = Effect.fnUntraced(function*(key: SeedKey, profile: string) {
      const locked = yield* Effect.try({
        try: () => lstatSync(join(profile, "SingletonLock"), { throwIfNoEntry: false }) !== undefined,
        catch: fsFailure(`look at ${profile}`)
      })
      if (locked && (yield* processes.browsersOn(profile)).length > 0) return yield* seedBusy(key)
    })

    const copy = Effect.fnUntraced(function*(key: SeedKey, profileDir: string) {
      const paths = pathsOf(key)
      yield* FileLock.acquire({ file: paths.lock, mode: "shared", waitMs: 20_000, busy: () => seedBusy(key) })
      const { generation } = yield* inspectSeed(key, paths, machine)
      yield* requireClosed(key, profileOf(paths.seed))
      yield* cloneProfile(profileOf(paths.seed), profileDir, key.config.browser.cloneStrategy)
      return generation
    }, Effect.scoped)

    const remove = Effect.fnUntraced(function*(config: OracleConfig, runtimeId: string) {
      const root = dirs.runtimes(config)
      const directory = yield* RuntimeDirs.runtimeDir(root, runtimeId)
      const state = yield* Effect.try({
        try: () => folderState(directory, machine),
        catch: fsFailure(`look at ${directory}`)
      })
      if (state !== "folder") return yield* RuntimeDirs.removeRuntime(root, runtimeId, machine)
      yield* Effect.ignore(
        Effect.tap(
          writeBack(dirs.seeds(config), directory, config),
          (renewed) => renewed ? Effect.logInfo("rotated cookies went back to the seed") : Effect.void
        ),
        { log: "Warn" }
      )
      yield* RuntimeDirs.removeRuntime(root, runtimeId, machine)
    })

    const clone = Effect.fn("SeedProfiles.clone")(function*(key: SeedKey, runtimeId: string) {
      const root = dirs.runtimes(key.config)
      yield* check(key)
      const directory = yield* Effect.acquireRelease(
        RuntimeDirs.createRuntime(root, runtimeId),
        () => Effect.orDie(remove(key.config, runtimeId))
      )
      const profileDir = profileOf(directory)
      yield* reach("clone.directory")
      const seedGeneration = yield* copy(key, profileDir)
      yield* Effect.try({
        try: () =>
          RuntimeCookies.writeOrigin(directory, { site: key.site, account: key.account, generation: seedGeneration }),
        catch: fsFailure(`write into ${directory}`)
      })
      return { id: runtimeId, profileDir, tempDir: join(directory, "tmp"), seedGeneration }
    })

    return SeedProfiles.of({
      check,
      clone,
      runtimes: (config) => RuntimeDirs.listRuntimes(dirs.runtimes(config)),
      removeStaging: (config) => sweepStaging(dirs.seeds(config), machine),
      removeRuntime: remove
    })
  })
)
