// @effect-diagnostics nodeBuiltinImport:off
/** Starts the host process detached, at most one at a time, and says why it did not come up. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Path from "effect/Path"
import * as Ref from "effect/Ref"
import * as Semaphore from "effect/Semaphore"
import { oracleError } from "../error/OracleError.ts"
import { HostLauncher } from "../host/HostLauncher.ts"
import * as HostRecord from "../host/HostRecord.ts"
import * as HostStatus from "../host/HostStatus.ts"
import type { Processes } from "../port/Processes.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { logTail, openLog } from "./HostLog.ts"
import { type HostEntry, type Spawned, spawnHost } from "./HostSpawn.ts"

const pollMs = 20
/** While another host goes or is silent. */
const waitMs = 250
const defaultStartMs = 5000
/** A silent host gets this long to show a heartbeat: after a sleep of the machine all hosts look silent. */
const patienceMs = 6000
/** An older host needs time to give its browsers back. */
const drainMs = 45_000
const rapidStarts = 4
const rapidMs = 120_000

type Parts = StateDirs | JobFiles | Processes | Path.Path

/** Starts `entry` with this very Node when no host lives. */
export const layer = (entry: HostEntry): Layer.Layer<HostLauncher, never, Parts> =>
  Layer.effect(
    HostLauncher,
    Effect.gen(function*() {
      const context = yield* Effect.context<Parts>()
      const turn = yield* Semaphore.make(1)
      const starts = yield* Ref.make<ReadonlyArray<number>>([])
      const ensure = ensureHost(entry, starts).pipe(Effect.provide(context), Semaphore.withPermit(turn))
      return HostLauncher.of({ ensure: Effect.withSpan(ensure, "HostLauncher.ensure") })
    })
  )

/** Numeric comparison of `major.minor.patch`; anything behind it is ignored. */
export const compareVersions = (a: string, b: string): number => {
  const parts = (version: string) => version.split(/[-+]/)[0]!.split(".").map(Number)
  const [left, right] = [parts(a), parts(b)]
  for (const index of [0, 1, 2]) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}

const ensureHost = Effect.fnUntraced(function*(entry: HostEntry, starts: Ref.Ref<ReadonlyArray<number>>) {
  let child: Spawned | null = null
  const startMs = entry.startMs ?? defaultStartMs
  const began = yield* Clock.currentTimeMillis
  let deadline = began + startMs
  while (true) {
    const { record, state } = yield* HostStatus.status
    const now = yield* Clock.currentTimeMillis
    if (record !== null && state !== "absent") {
      const order = compareVersions(record.version, entry.version)
      if (order > 0) {
        return yield* oracleError(
          "host_newer",
          `the running host is version ${record.version}, this is ${entry.version}`
        )
      }
      if (state === "running" && order === 0) return
      if (state === "running" && deadline < began + drainMs) {
        yield* (yield* JobFiles).write(yield* HostRecord.drainPath, "")
      }
      deadline = Math.max(deadline, began + (state === "silent" ? patienceMs : drainMs))
    } else if (child === null) {
      yield* checkRapid(starts, now)
      child = yield* start(entry)
      deadline = now + startMs
    } else if (child.exit !== null) {
      if (child.exit.code !== 0) return yield* startFailed(child, startMs)
      child = null
    }
    if (now > deadline) {
      if (state === "absent") return yield* startFailed(child, startMs)
      const pid = record?.process.pid ?? 0
      return yield* oracleError("host_unresponsive", `the host (pid ${pid}) is alive but does not answer`)
    }
    yield* Effect.sleep(state === "absent" ? pollMs : waitMs)
  }
})

/** Gives up on a host that keeps dying, until the next command tries again. */
const checkRapid = Effect.fnUntraced(function*(starts: Ref.Ref<ReadonlyArray<number>>, now: number) {
  const recent = (yield* Ref.get(starts)).filter((at) => now - at < rapidMs)
  yield* Ref.set(starts, [...recent, now])
  if (recent.length < rapidStarts) return
  const tail = logTail((yield* StateDirs).hostLog, 0)
  return yield* oracleError("host_start_failed", `the host ended ${recent.length} times in 2 minutes; ${tail}`)
})

const start = Effect.fnUntraced(function*(entry: HostEntry) {
  const dirs = yield* StateDirs
  return yield* Effect.try({
    try: () => spawnHost(entry, dirs, openLog(dirs.hostLog)),
    catch: (cause) => oracleError("host_start_failed", "the host process cannot be started", { cause })
  })
})

const startFailed = Effect.fnUntraced(function*(child: Spawned | null, startMs: number) {
  const { hostLog } = yield* StateDirs
  const tail = logTail(hostLog, child?.logFrom ?? 0)
  const exit = child?.exit ?? null
  const how = exit === null
    ? `no host came up within ${startMs} ms`
    : `the host ended at once (${exit.reason}, code ${exit.code ?? "none"}, signal ${exit.signal ?? "none"})`
  return yield* oracleError("host_start_failed", `${how}; ${tail}`, {
    facts: { code: exit?.code ?? null, signal: exit?.signal ?? null }
  })
})
