// @effect-diagnostics nodeBuiltinImport:off
/** Process identity from `/proc`. */
import * as Effect from "effect/Effect"
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs"
import { isChromium, type Platform, type Seen } from "./Platform.ts"
import { signalPosix } from "./posix.ts"

/** Fields of `/proc/<pid>/stat`; the name in the second may hold anything, also blanks and parentheses. */
export const parseStat = (text: string): (Seen & { readonly state: string }) | null => {
  const fields = text.slice(text.lastIndexOf(")") + 2).trim().split(" ")
  const [state, , group] = fields
  const startTime = fields[19]
  return state === undefined || group === undefined || startTime === undefined
    ? null
    : { state, group: Number(group), startTime }
}

const orNull = <A>(run: () => A): A | null => {
  try {
    return run()
  } catch {
    return null
  }
}

const look = (pid: number): Seen | null => {
  const text = orNull(() => readFileSync(`/proc/${pid}/stat`, "utf8"))
  const seen = text === null ? null : parseStat(text)
  return seen === null || seen.state === "Z" || seen.state === "X"
    ? null
    : { startTime: seen.startTime, group: seen.group }
}

const pids = (): ReadonlyArray<number> =>
  (orNull(() => readdirSync("/proc")) ?? []).filter((name) => /^\d+$/.test(name)).map(Number)

const runsOn = (pid: number, profileDir: string): boolean => {
  if (orNull(() => statSync(`/proc/${pid}`).uid) !== process.getuid?.()) return false
  const argv = orNull(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"))?.split("\0") ?? []
  if (!argv.includes(`--user-data-dir=${profileDir}`)) return false
  return isChromium(orNull(() => readlinkSync(`/proc/${pid}/exe`)) ?? "")
}

export const linux: Platform = {
  bootId: Effect.sync(() =>
    (orNull(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8")) ?? "unknown boot").trim()
  ),
  look: (pid) => Effect.sync(() => look(pid)),
  groupAlive: (group) => Effect.sync(() => pids().some((pid) => look(pid)?.group === group)),
  signal: signalPosix,
  browsersOn: (profileDir) => Effect.sync(() => pids().filter((pid) => runsOn(pid, profileDir)))
}
