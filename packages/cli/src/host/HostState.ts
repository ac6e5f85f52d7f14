/** What is known about the host from outside: its record, whether its process lives, and the end of its log. */
import * as HostExits from "@effect-oracle/core/host/HostExits"
import { HostLock } from "@effect-oracle/core/host/HostLock"
import * as HostRecord from "@effect-oracle/core/host/HostRecord"
import * as HostStatus from "@effect-oracle/core/host/HostStatus"
import { JobFiles } from "@effect-oracle/core/store/JobFiles"
import { JobStore } from "@effect-oracle/core/store/JobStore"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { duration, plural } from "@effect-oracle/core/text/Format"
import { sanitise, sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"

export interface Exit {
  readonly pid: number
  readonly startedAt: string
  readonly endedAt: string
  readonly reason: string | null
  readonly code: number | null
  readonly signal: string | null
  /** It ended soon after its start, without being asked and without work: after four such ends no other is started. */
  readonly rapid: boolean
  /** All of it in a line. */
  readonly text: string
}

export interface HostState {
  /** A process holds the host lock. */
  readonly running: boolean
  readonly pid: number | null
  readonly epoch: number | null
  readonly version: string | null
  readonly startedAt: string | null
  readonly heartbeatAt: string | null
  /** False when it has given no sign of life for 30 s although its process lives. */
  readonly responsive: boolean
  /** It takes no more jobs and ends. */
  readonly ending: boolean
  /** How the last hosts ended, newest first. */
  readonly exits: ReadonlyArray<Exit>
  /** Jobs that are not ended. */
  readonly openJobs: number
  readonly log: string
  /** The last lines of the log, while no host runs. */
  readonly logTail: ReadonlyArray<string>
}

const tailLines = 8
const shownExits = 5

export const hostState = Effect.gen(function*() {
  const lock = yield* HostLock
  const store = yield* JobStore
  const dirs = yield* StateDirs
  const { record: last, state } = yield* HostStatus.status
  const record = state === "absent" ? null : last
  const running = record !== null || (yield* lock.isHeld)
  const found: HostState = {
    running,
    pid: record?.process.pid ?? null,
    epoch: record?.epoch ?? null,
    version: record?.version ?? null,
    startedAt: record === null ? null : DateTime.formatIso(record.startedAt),
    heartbeatAt: record === null ? null : DateTime.formatIso(record.heartbeatAt),
    responsive: running && state !== "silent",
    ending: state === "ending",
    exits: (yield* HostExits.read).toReversed().map(exitOf),
    openJobs: (yield* store.open).length,
    log: dirs.hostLog,
    logTail: running ? [] : yield* logTail
  }
  return found
})

const exitOf = (exit: HostExits.HostExit): Exit => ({
  ...exit,
  startedAt: DateTime.formatIso(exit.startedAt),
  endedAt: DateTime.formatIso(exit.endedAt),
  text: sanitiseLine(HostExits.describe(exit))
})

const logTail = Effect.gen(function*() {
  const files = yield* JobFiles
  const { hostLog } = yield* StateDirs
  const text = yield* Effect.orElseSucceed(files.read(hostLog), () => null)
  return (text ?? "").trimEnd().split("\n").slice(-tailLines).filter((line) => line !== "").map(sanitise)
})

const exitLines = ({ exits }: HostState): ReadonlyArray<string> =>
  exits.length === 0 ? [] : ["the last hosts:", ...exits.slice(0, shownExits).map(({ text }) => `  ${text}`)]

export const stateLines = (state: HostState): ReadonlyArray<string> => {
  const jobs = `${plural(state.openJobs, "job")} not ended`
  if (!state.running) {
    return [
      `no host runs; one is started when a job needs it (${jobs})`,
      ...exitLines(state),
      ...(state.logTail.length === 0 ? [] : [`end of ${state.log}:`, ...state.logTail.map((line) => `  ${line}`)])
    ]
  }
  if (state.pid === null) return [`a host is starting (${jobs})`]
  const age = state.startedAt === null ? "" : `, started ${state.startedAt}`
  const ending = state.ending ? "; it takes no more jobs and ends" : ""
  return [
    `a host runs: pid ${state.pid}, version ${state.version}, epoch ${state.epoch}${age} (${jobs})${ending}`,
    ...(state.responsive
      ? []
      : [
        `it has given no sign of life for ${duration(HostRecord.silentMs)} or more; 'oracle host stop --force' ends it`
      ]),
    ...exitLines({ ...state, exits: state.exits.filter(({ rapid }) => rapid) })
  ]
}
