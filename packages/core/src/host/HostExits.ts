/**
 * `host-exits.json`: how the last hosts ended. Hosts, and clients that find one dead, write it; clients read it to decide
 * whether starting another one makes sense, and to say why not.
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Path from "effect/Path"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Time } from "../domain/Time.ts"
import { oracleError } from "../error/OracleError.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { JobStore } from "../store/JobStore.ts"
import { StateDirs } from "../store/StateDirs.ts"

export const HostExit = Schema.Struct({
  pid: Schema.Natural,
  startedAt: Time,
  /** As well as it is known: the last sign of life of a host that was found dead. */
  endedAt: Time,
  /** What the host said itself; null for one that could say nothing any more. */
  reason: Schema.NullOr(Schema.String),
  /** Exit code and signal, where the process that started it was still there to see them. */
  code: Schema.NullOr(Schema.Int),
  signal: Schema.NullOr(Schema.String),
  /** Not asked for, within 30 s of the start, and no job moved meanwhile. */
  rapid: Schema.Boolean
})
export type HostExit = typeof HostExit.Type

const Exits = Schema.Struct({ schemaVersion: Schema.Literal(1), exits: Schema.Array(HostExit) })
const ExitsJson = Schema.fromJsonString(Exits)

const kept = 10
const rapidExitMs = 30_000
/** So many rapid exits within this time, and the host is given up until somebody asks again. */
export const rapidLimit = 4
const rapidWithinMs = 120_000
/** A process id that comes back later than this belongs to another host. */
const sameStartMs = 60_000

const pathOf = Effect.gen(function*() {
  const path = yield* Path.Path
  return path.join((yield* StateDirs).state, "host-exits.json")
})

/** Oldest first; a file that cannot be read says nothing. */
export const read = Effect.gen(function*() {
  const files = yield* JobFiles
  const text = yield* Effect.orElseSucceed(files.read(yield* pathOf), () => null)
  const decoded = text === null ? null : Schema.decodeResult(ExitsJson)(text)
  const none: ReadonlyArray<HostExit> = []
  return decoded !== null && Result.isSuccess(decoded) ? decoded.success.exits : none
})

/** The rapid exits that count now. Pure. */
export const rapidOf = (exits: ReadonlyArray<HostExit>, nowMs: number): ReadonlyArray<HostExit> =>
  exits.filter(({ endedAt, rapid }) => rapid && Math.abs(nowMs - DateTime.toEpochMillis(endedAt)) < rapidWithinMs)

/** Two reports of one end are one entry that holds what each of them knows. Pure. */
export const merge = (exits: ReadonlyArray<HostExit>, exit: HostExit): ReadonlyArray<HostExit> => {
  const isSame = (one: HostExit) =>
    one.pid === exit.pid &&
    Math.abs(DateTime.toEpochMillis(one.startedAt) - DateTime.toEpochMillis(exit.startedAt)) < sameStartMs
  const known = exits.find(isSame)
  if (known === undefined) return [...exits, exit].slice(-kept)
  const merged: HostExit = {
    ...known,
    reason: known.reason ?? exit.reason,
    code: known.code ?? exit.code,
    signal: known.signal ?? exit.signal
  }
  return exits.map((one) => one === known ? merged : one)
}

/** Remembers an end; `asked` for one that is no trouble. Never fails: that nobody could write it down stops nothing. */
export const note = Effect.fn("HostExits.note")(
  function*(exit: Omit<HostExit, "rapid">, asked: boolean) {
    const files = yield* JobFiles
    const lived = DateTime.toEpochMillis(exit.endedAt) - DateTime.toEpochMillis(exit.startedAt)
    const rapid = !asked && lived < rapidExitMs && !(yield* workedSince(exit.startedAt))
    const before = yield* read
    const exits = merge(before, { ...exit, rapid })
    if (Equal.equals(exits, before)) return
    const text = yield* Schema.encodeEffect(ExitsJson)({ schemaVersion: 1, exits }).pipe(
      Effect.mapError((cause) => oracleError("internal_error", "the ends of hosts cannot be encoded", { cause }))
    )
    yield* files.write(yield* pathOf, text)
  },
  (effect) => Effect.ignore(effect)
)

/** True when a job has entered a phase since. A store that cannot be read shows nothing. */
const workedSince = Effect.fnUntraced(
  function*(since: DateTime.Utc) {
    const store = yield* JobStore
    const { jobs } = yield* store.list({ limit: 20 })
    const sinceMs = DateTime.toEpochMillis(since)
    return [...jobs, ...(yield* store.open)].some(({ phaseAt }) => DateTime.toEpochMillis(phaseAt) >= sinceMs)
  },
  (effect) => Effect.orElseSucceed(effect, () => false)
)

/** One end as a person reads it. */
export const describe = ({ code, endedAt, pid, reason, signal, startedAt }: HostExit): string => {
  const seconds = Math.max(0, DateTime.toEpochMillis(endedAt) - DateTime.toEpochMillis(startedAt)) / 1000
  const how = signal !== null
    ? `killed by ${signal}`
    : code !== null && code !== 0
    ? `exited with code ${code}`
    : reason === null
    ? "found dead"
    : "ended"
  const why = reason === null ? "" : `: ${reason}`
  return `${DateTime.formatIso(endedAt)} pid ${pid} ${how} after ${seconds.toFixed(seconds < 10 ? 1 : 0)} s${why}`
}
