/** Ends what a runtime left behind: its browser by identity or by its profile, then its directory. Idempotent. */
import * as Effect from "effect/Effect"
import * as Path from "effect/Path"
import type { OracleConfig } from "../config/OracleConfig.ts"
import type { ProcessRecord } from "../domain/ProcessRecord.ts"
import { Processes } from "../port/Processes.ts"
import { SeedProfiles } from "../port/SeedProfiles.ts"
import { StateDirs } from "../store/StateDirs.ts"

/**
 * Warnings about what could not be ended; empty when the runtime is gone. The directory stays while a browser runs on
 * it: without it nobody would find that browser again.
 */
export const cleanRuntime = Effect.fn("Reconcile.cleanRuntime")(
  function*(config: OracleConfig, runtimeId: string, recorded: ProcessRecord | null) {
    const processes = yield* Processes
    const seeds = yield* SeedProfiles
    const path = yield* Path.Path
    const dirs = yield* StateDirs
    const profileDir = path.join(dirs.runtimes(config), runtimeId, "profile")
    const found = [...(recorded === null ? [] : [recorded]), ...(yield* processes.browsersOn(profileDir))]
    const warnings: Array<string> = []
    const keep = (error: { readonly message: string }) => Effect.sync(() => void warnings.push(error.message))
    yield* Effect.forEach(found, (record) => Effect.catch(processes.end(record), keep), { discard: true })
    if (warnings.length === 0) yield* Effect.catch(seeds.removeRuntime(config, runtimeId), keep)
    return warnings
  }
)
