/** `host.json`: who the host of a state directory is, for those who look from outside. The lock decides, this informs. */
import * as Effect from "effect/Effect"
import * as Path from "effect/Path"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { ProcessRecord } from "../domain/ProcessRecord.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { StateDirs } from "../store/StateDirs.ts"

export const HostRecord = Schema.Struct({
  schemaVersion: Schema.Literal(1),
  process: ProcessRecord,
  epoch: Schema.Natural,
  version: Schema.String,
  startedAt: Schema.DateTimeUtcFromString,
  heartbeatAt: Schema.DateTimeUtcFromString,
  /** True once the host takes no more work: a client that comes now starts another one. */
  ending: Schema.Boolean,
  /** True for a host inside a library's process, which `oracle host stop` must not end. */
  embedded: Schema.Boolean
})
export type HostRecord = typeof HostRecord.Type

const HostRecordJson = Schema.fromJsonString(HostRecord)

/** Without a heartbeat for this long a host that is alive counts as unresponsive. */
export const silentMs = 30_000

/** A file of this name asks a running host to hand over: it stops its workers, whose jobs go on in the next host. */
export const drainName = "host-drain"

export const pathOf = Effect.gen(function*() {
  const path = yield* Path.Path
  return path.join((yield* StateDirs).state, "host.json")
})

export const drainPath = Effect.gen(function*() {
  const path = yield* Path.Path
  return path.join((yield* StateDirs).state, drainName)
})

/** The record, or null when there is none or it cannot be read: then nothing is known about a host. */
export const read: Effect.Effect<HostRecord | null, OracleError, JobFiles | StateDirs | Path.Path> = Effect.gen(
  function*() {
    const files = yield* JobFiles
    const text = yield* files.read(yield* pathOf)
    if (text === null) return null
    const decoded = Schema.decodeResult(HostRecordJson)(text)
    return Result.isSuccess(decoded) ? decoded.success : null
  }
)

export const write = Effect.fnUntraced(function*(record: HostRecord) {
  const files = yield* JobFiles
  const text = yield* Schema.encodeEffect(HostRecordJson)(record).pipe(
    Effect.mapError((cause) => oracleError("internal_error", "the host's record cannot be encoded", { cause }))
  )
  yield* files.write(yield* pathOf, text)
})
