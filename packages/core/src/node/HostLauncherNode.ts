// @effect-diagnostics nodeBuiltinImport:off
/** Starts the host process detached, at most one at a time, and says why it did not come up. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Path from "effect/Path"
import * as Semaphore from "effect/Semaphore"
import { oracleError } from "../error/OracleError.ts"
import * as HostExits from "../host/HostExits.ts"
import { HostLauncher } from "../host/HostLauncher.ts"
import * as HostRecord from "../host/HostRecord.ts"
import * as HostStatus from "../host/HostStatus.ts"
import { Processes } from "../port/Processes.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { JobStore } from "../store/JobStore.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { logTail, openLog } from "./HostLog.ts"
import { type HostEntry, type Spawned, spawnHost } from "./HostSpawn.ts"
import * as HostStarts from "./HostStarts.ts"

const pollMs = 20
/** While another host goes or is silent. */
const waitMs = 250
const defaultStartMs = 5000
/** A silent host gets this long to show a heartbeat: after a sleep of the machine all hosts look silent. */
const patienceMs = 6000
/** An older host needs time to give its browsers back. */
const drainMs = 45_000

type Parts = StateDirs | JobFiles | JobStore | Processes | Path.Path

/** Starts `entry` with this very Node when no host lives. */
export const layer = (entry: HostEntry): Layer.Layer<HostLauncher, never, Parts> =>
  Layer.effect(
    HostLauncher,
    Effect.gen(function*() {
      const context = yield* Effect.context<Parts>()
      const turn = yield* Semaphore.make(1)
      const host = (asked: boolean) =>
        ensureHost(entry, asked).pipe(Effect.provide(context), Semaphore.withPermit(turn))
      return HostLauncher.of({
        ensure: Effect.withSpan(host(true), "HostLauncher.ensure"),
        keep: Effect.withSpan(host(false), "HostLauncher.keep")
      })
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

/** `asked` by a command: a host that was given up is tried once more, and one that ends by itself is reported at once. */
const ensureHost = Effect.fnUntraced(function*(entry: HostEntry, asked: boolean) {
  let child: Spawned | null = null
  let tries = 0
  const startMs = entry.startMs ?? defaultStartMs
  const began = yield* Clock.currentTimeMillis
  let deadline = began + startMs
  let firstStart: number | null = null
  let epoch = 0
  let locked = false
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
      if (record !== null) yield* noteDead(record)
      const rapid = HostExits.rapidOf(yield* HostExits.read, now)
      if (rapid.length >= HostExits.rapidLimit && !(asked && tries === 0)) return yield* givenUp(rapid)
      tries += 1
      firstStart ??= now
      // Each start that ends as one too many leaves the wait as long as it was.
      if (now > firstStart + HostStarts.steps * startMs) return yield* startFailed(null, now - began)
      epoch = yield* (yield* JobStore).epoch
      child = yield* start(entry, now)
      locked = false
      deadline = now + startMs
    } else if (child.exit !== null) {
      if (child.exit.code !== 0) {
        yield* noteExit(child)
        if (asked && child.exit.signal === null) return yield* startFailed(child, now - began)
      }
      child = null
    }
    if (now > deadline) {
      if (state === "absent") {
        const waitsForRecord = !locked && child?.exit === null && (yield* HostStarts.hasLock(epoch))
        if (!waitsForRecord) return yield* startFailed(child, now - began)
        locked = true
        deadline = now + startMs
        continue
      }
      const pid = record?.process.pid ?? 0
      return yield* oracleError("host_unresponsive", `the host (pid ${pid}) is alive but does not answer`)
    }
    yield* Effect.sleep(state === "absent" ? pollMs : waitMs)
  }
})

/** A host that could not take its record away: nobody saw how it ended. */
const noteDead = Effect.fnUntraced(function*({ heartbeatAt, process, startedAt }: HostRecord.HostRecord) {
  const restarted = (yield* Processes).self.bootId !== process.bootId
  yield* HostExits.note({
    pid: process.pid,
    startedAt,
    endedAt: heartbeatAt,
    reason: restarted ? "the machine was restarted" : null,
    code: null,
    signal: null
  }, restarted)
})

const noteExit = Effect.fnUntraced(function*({ exit, pid, startedMs }: Spawned) {
  yield* HostExits.note({
    pid: pid ?? 0,
    startedAt: DateTime.makeUnsafe(startedMs),
    endedAt: yield* DateTime.now,
    reason: exit?.reason ?? null,
    code: exit?.code ?? null,
    signal: exit?.signal ?? null
  }, false)
})

const givenUp = Effect.fnUntraced(function*(rapid: ReadonlyArray<HostExits.HostExit>) {
  const tail = logTail((yield* StateDirs).hostLog, 0)
  const lines = rapid.map((exit) => `  ${HostExits.describe(exit)}`)
  const last = rapid.at(-1)
  return yield* oracleError(
    "host_start_failed",
    `the host ended ${rapid.length} times in 2 minutes and was given up:\n${lines.join("\n")}\n${tail}`,
    { facts: { exits: rapid.length, code: last?.code ?? null, signal: last?.signal ?? null } }
  )
})

const start = Effect.fnUntraced(function*(entry: HostEntry, now: number) {
  const dirs = yield* StateDirs
  return yield* Effect.try({
    try: () => spawnHost(entry, dirs, openLog(dirs.hostLog), now),
    catch: (cause) => oracleError("host_start_failed", "the host process cannot be started", { cause })
  })
})

const startFailed = Effect.fnUntraced(function*(child: Spawned | null, waitedMs: number) {
  const { hostLog } = yield* StateDirs
  const tail = logTail(hostLog, child?.logFrom ?? 0)
  const exit = child?.exit ?? null
  const how = exit === null
    ? `no host came up within ${waitedMs} ms`
    : `the host ended at once (${exit.reason ?? "exited"}, code ${exit.code ?? "none"}, signal ${
      exit.signal ?? "none"
    })`
  return yield* oracleError("host_start_failed", `${how}; ${tail}`, {
    facts: { code: exit?.code ?? null, signal: exit?.signal ?? null }
  })
})
