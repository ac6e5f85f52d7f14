// @effect-diagnostics nodeBuiltinImport:off
/** Processes of this machine. Which system calls and tools answer depends on the platform; see `node/process/`. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { randomUUID } from "node:crypto"
import type { ProcessRecord } from "../domain/ProcessRecord.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { Processes } from "../port/Processes.ts"
import { darwin } from "./process/darwin.ts"
import { linux } from "./process/linux.ts"
import type { Platform } from "./process/Platform.ts"
import { windows } from "./process/windows.ts"

const politeMs = 2000
const limitMs = 5000

const platformOf = (name: NodeJS.Platform): Platform => name === "darwin" ? darwin : name === "win32" ? windows : linux

/** Processes of Linux, macOS and Windows. */
export const layer: Layer.Layer<Processes, OracleError> = Layer.effect(
  Processes,
  Effect.gen(function*() {
    const platform = platformOf(process.platform)
    const bootId = yield* platform.bootId
    const record = (pid: number, startTime: string, nonce: string | null): ProcessRecord => ({
      pid,
      startTime,
      bootId,
      nonce
    })

    const identify = Effect.fn("Processes.identify")(function*(pid: number) {
      const found = yield* platform.look(pid)
      return found === null ? null : record(pid, found.startTime, null)
    })
    const alive = Effect.fn("Processes.alive")(function*(one: ProcessRecord) {
      if (one.bootId !== bootId) return false
      const found = yield* platform.look(one.pid)
      return found !== null && found.startTime === one.startTime
    })
    const self = yield* platform.look(process.pid)
    if (self === null) return yield* oracleError("internal_error", "the identity of this process cannot be read")

    /** The group of a leader that is dead, unless its number has a new owner: its members end by themselves. */
    const groupGone = Effect.fnUntraced(function*(leader: number) {
      const begun = yield* Clock.currentTimeMillis
      while ((yield* platform.look(leader)) === null && (yield* platform.groupAlive(leader))) {
        if ((yield* Clock.currentTimeMillis) - begun > limitMs) {
          return yield* oracleError("process_stuck", `process ${leader} is dead, but others of its group do not end`)
        }
        yield* Effect.sleep("25 millis")
      }
    })

    const end = Effect.fn("Processes.end")(function*(one: ProcessRecord) {
      if (one.pid === process.pid || one.bootId !== bootId) return
      if (!(yield* alive(one))) return yield* groupGone(one.pid)
      const leader = (yield* platform.look(one.pid))?.group === one.pid
      const remains = Effect.gen(function*() {
        return (yield* alive(one)) || (leader && (yield* platform.groupAlive(one.pid)))
      })
      const begun = yield* Clock.currentTimeMillis
      let forced = false
      yield* platform.signal(one.pid, leader, false)
      while (yield* remains) {
        const spent = (yield* Clock.currentTimeMillis) - begun
        if (spent > limitMs) return yield* oracleError("process_stuck", `process ${one.pid} does not end`)
        if (spent > politeMs && !forced) {
          forced = true
          yield* platform.signal(one.pid, leader, true)
        }
        yield* Effect.sleep("25 millis")
      }
    })

    return Processes.of({
      self: record(process.pid, self.startTime, randomUUID()),
      identify,
      alive,
      end,
      browsersOn: Effect.fn("Processes.browsersOn")(function*(profileDir: string) {
        const pids = yield* platform.browsersOn(profileDir)
        const found = yield* Effect.forEach(pids, identify)
        return found.filter((one) => one !== null)
      })
    })
  })
)
