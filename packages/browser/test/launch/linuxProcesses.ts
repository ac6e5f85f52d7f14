/** Processes as `/proc` shows them, enough for the tests of this package. */
import type { ProcessRecord } from "@effect-oracle/core/domain/ProcessRecord"
import { Processes } from "@effect-oracle/core/port/Processes"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readdirSync, readFileSync } from "node:fs"

const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return ""
  }
}

const bootId = read("/proc/sys/kernel/random/boot_id").trim()

export const identityOf = (pid: number): ProcessRecord | null => {
  const stat = read(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  const [state] = fields
  const startTime = fields[19]
  return startTime === undefined || state === "Z" ? null : { pid, startTime, bootId, nonce: null }
}

/** Every process with this text as a whole argument. */
export const withArgument = (argument: string): ReadonlyArray<number> =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => identityOf(pid) !== null && read(`/proc/${pid}/cmdline`).split("\0").includes(argument))

const isAlive = (record: ProcessRecord): boolean => identityOf(record.pid)?.startTime === record.startTime

const kill = (pid: number): void => {
  try {
    process.kill(-pid, "SIGKILL")
  } catch {
    process.kill(pid, "SIGKILL")
  }
}

export const linuxProcesses = Layer.succeed(Processes, {
  self: identityOf(process.pid) ?? { pid: process.pid, startTime: "0", bootId, nonce: null },
  identify: (pid) => Effect.sync(() => identityOf(pid)),
  alive: (record) => Effect.sync(() => isAlive(record)),
  end: (record) =>
    Effect.sync(() => {
      if (isAlive(record)) kill(record.pid)
    }).pipe(
      Effect.andThen(Effect.sync(() => isAlive(record)).pipe(Effect.delay("20 millis"), Effect.repeat({ until: (alive) => !alive }))),
      Effect.asVoid
    ),
  browsersOn: (profileDir) =>
    Effect.sync(() =>
      withArgument(`--user-data-dir=${profileDir}`).map(identityOf).filter((record) => record !== null)
    )
})
