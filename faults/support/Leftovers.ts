/** What a job could leave behind: browsers, profiles, leases, temporary files. */
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { Effect } from "effect"
import { existsSync, readdirSync } from "node:fs"
import { processesIn } from "./Victims.ts"

export interface Leftovers {
  readonly processes: ReadonlyArray<string>
  readonly profiles: ReadonlyArray<string>
  readonly leases: number
  readonly files: ReadonlyArray<string>
}

const temporary = /\.(tmp|part|partial|crdownload)$/

const filesBelow = (folder: string): ReadonlyArray<string> =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => temporary.test(name))
    : []

/** `temp` is the folder for temporary files of everything that ran; pass it only when nothing runs any more. */
export const leftovers = Effect.fnUntraced(function*(state: string, config: OracleConfig) {
  const store = yield* JobStore
  const seeds = yield* SeedProfiles
  const found: Leftovers = {
    processes: processesIn(state).map(({ argv, pid }) => `${pid} ${argv.slice(0, 4).join(" ")}`),
    profiles: yield* seeds.runtimes(config),
    leases: (yield* store.leases).length,
    files: filesBelow(state)
  }
  return found
})

/** One phrase for each kind that is not empty. */
export const describe = ({ files, leases, processes, profiles }: Leftovers): ReadonlyArray<string> => [
  ...processes.map((line) => `process ${line}`),
  ...profiles.map((name) => `profile ${name}`),
  ...(leases > 0 ? [`${leases} leases`] : []),
  ...files.map((name) => `file ${name}`)
]
