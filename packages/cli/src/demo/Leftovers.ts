/** Looks for what a job could leave behind: processes, profiles, leases. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import * as HostStatus from "@effect-oracle/core/host/HostStatus"
import { Processes } from "@effect-oracle/core/port/Processes"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import * as Effect from "effect/Effect"

export interface Leftovers {
  readonly hosts: number
  readonly browsers: number
  readonly profiles: number
  readonly leases: number
}

/** `profileDirs` are the runtime profiles that the job was seen to use. */
export const findLeftovers = Effect.fn("Leftovers.find")(
  function*(config: OracleConfig, profileDirs: ReadonlySet<string>) {
    const processes = yield* Processes
    const seeds = yield* SeedProfiles
    const store = yield* JobStore
    const { state } = yield* HostStatus.status
    const browsers = yield* Effect.forEach([...profileDirs], (directory) => processes.browsersOn(directory))
    const found: Leftovers = {
      hosts: state === "absent" ? 0 : 1,
      browsers: browsers.flat().length,
      profiles: (yield* seeds.runtimes(config)).length,
      leases: (yield* store.leases).length
    }
    return found
  }
)

export const isClean = ({ browsers, hosts, leases, profiles }: Leftovers): boolean =>
  browsers + hosts + leases + profiles === 0
