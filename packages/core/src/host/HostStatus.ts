/** The host as seen from outside: its record, whether it lives, and how it is stopped. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { oracleError } from "../error/OracleError.ts"
import { Processes } from "../port/Processes.ts"
import { JobFiles } from "../store/JobFiles.ts"
import * as HostRecord from "./HostRecord.ts"

export type HostState =
  /** No host, or one that died. */
  | "absent"
  | "running"
  /** Takes no more work and goes. */
  | "ending"
  /** Alive, but without a heartbeat for 30 s. */
  | "silent"

export interface HostStatus {
  readonly state: HostState
  /** The record of the host; of a dead one too, as the last that is known. */
  readonly record: HostRecord.HostRecord | null
}

/** Pure. */
export const judge = (record: HostRecord.HostRecord | null, alive: boolean, nowMs: number): HostState => {
  if (record === null || !alive) return "absent"
  if (record.ending) return "ending"
  return nowMs - DateTime.toEpochMillis(record.heartbeatAt) > HostRecord.silentMs ? "silent" : "running"
}

export const status = Effect.gen(function*() {
  const processes = yield* Processes
  const record = yield* HostRecord.read
  const alive = record !== null && (yield* processes.alive(record.process))
  const found: HostStatus = { state: judge(record, alive, yield* Clock.currentTimeMillis), record }
  return found
})

const pollMs = 50
const stopMs = 45_000

/**
 * Asks the host to stop its workers and go, and waits for its end; its jobs stay resumable. With `force` it is ended by
 * identity instead, and verified to be dead. Answers false when there was none.
 */
export const stop = Effect.fn("HostStatus.stop")(function*(options: { readonly force: boolean }) {
  const processes = yield* Processes
  const files = yield* JobFiles
  const { record, state } = yield* status
  if (record === null || state === "absent") return false
  if (options.force) {
    yield* processes.end(record.process)
    return true
  }
  if (record.embedded) {
    return yield* oracleError("host_unresponsive", `the host runs inside another program (pid ${record.process.pid})`, {
      step: "end that program"
    })
  }
  yield* files.write(yield* HostRecord.drainPath, "")
  const began = yield* Clock.currentTimeMillis
  while (yield* processes.alive(record.process)) {
    if ((yield* Clock.currentTimeMillis) - began > stopMs) {
      return yield* oracleError("host_unresponsive", `the host (pid ${record.process.pid}) does not end`)
    }
    yield* Effect.sleep(pollMs)
  }
  return true
})
