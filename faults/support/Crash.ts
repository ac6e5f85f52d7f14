/** One cell of the crash matrix: a job, a kill at one moment, and what must be true in the end. */
import { load } from "@effect-oracle/core/config/ConfigSources"
import { HostLauncher } from "@effect-oracle/core/host/HostLauncher"
import * as HostStatus from "@effect-oracle/core/host/HostStatus"
import { Oracle } from "@effect-oracle/core/Oracle"
import { type CrashPointName, crashPoints } from "@effect-oracle/core/port/CrashPoint"
import { DateTime, Effect } from "effect"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, leftovers } from "./Leftovers.ts"
import { doubtsOf, problemsOf } from "./Promises.ts"
import { crashMark, entryOf, type Kill } from "./TestHost.ts"
import { clientAt, type World } from "./World.ts"

/** Writes that happen often: a late one differs from the first. */
const later: Partial<Record<CrashPointName, ReadonlyArray<number>>> = {
  "store.update.written": [4, 11],
  "store.update.committed": [6, 16],
  "store.update.mirrored": [8, 20],
  "mirror.opened": [5, 11],
  "mirror.written": [8, 13],
  "mirror.renamed": [10, 15],
  "probe.before": [3],
  "probe.after": [2],
  "artifact.before": [2],
  "artifact.part": [2],
  "manifest.written": [2],
  "manifest.recorded": [2]
}

/** Every crash point, some of them at a later time too. */
const moments: ReadonlyArray<string> = crashPoints.flatMap((name) => [
  name,
  ...(later[name] ?? []).map((nth) => `${name}:${nth}`)
])

const place = (name: CrashPointName): number => crashPoints.indexOf(name)

/** The moments at which there is something to kill: a browser lives from its launch to its close. */
export const momentsFor = (kill: Kill["kill"]): ReadonlyArray<string> =>
  kill === "host" ? moments : moments.filter((moment) => {
    const at = crashPoints.findIndex((name) => name === moment.split(":")[0])
    return (at >= place("launch.started") && at <= place("browser.close.before")) || /:(?:[89]|\d\d)$/.test(moment)
  })

/** Kills inside the send of a job that cannot read the history. */
export const unreadable: ReadonlyArray<Kill> = (["host", "browser"] as const).flatMap((kill) =>
  (["ledger.attempting.mirrored", "send.before", "click.before", "click.after"] as const).map((at) => ({
    at,
    kill,
    unreadable: true
  }))
)

export interface Outcome {
  readonly cell: Kill
  /** What is not as promised; empty when all is well. */
  readonly problems: ReadonlyArray<string>
  /** Processes that were killed; null when there was no kill. */
  readonly victims: number | null
  readonly hosts: number
  /** From the kill of a host to the next host that holds the lock. */
  readonly takeOverMs: number | null
  readonly seconds: number
}

const limitMs = 240_000

interface Mark {
  readonly at: number
  readonly victims: number
}

const markOf = (state: string): Mark | null => {
  const file = join(state, crashMark)
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null
}

/** Runs one cell in a state directory of its own. Never fails: whatever went wrong is a problem of the outcome. */
export const crash = Effect.fnUntraced(function*(world: World, cell: Kill, lookMs?: number) {
  const began = performance.now()
  const isQueued = cell.at.startsWith("store.promote")
  const state = world.state({
    ...(isQueued ? { browser: { maxConcurrentJobs: 1 } } : {}),
    ...(cell.unreadable === true ? world.unreadable : {})
  })
  const entry = entryOf(world.host.file, { kill: cell, ...(lookMs === undefined ? {} : { lookMs }) })
  const end = HostStatus.stop({ force: true }).pipe(Effect.ignore)
  const check = cell.unreadable === true ? doubtsOf : problemsOf
  const done = yield* work(world, state, isQueued ? 2 : 1, check).pipe(
    Effect.ensuring(end),
    Effect.provide(clientAt(state, entry)),
    Effect.timeout(limitMs),
    Effect.catchCause((cause) =>
      Effect.succeed({ problems: [`not ended: ${String(cause).slice(0, 300)}`], host: null })
    )
  )
  const mark = markOf(state)
  const outcome: Outcome = {
    cell,
    problems: [...done.problems, ...(mark === null ? ["the moment was never reached"] : [])],
    victims: mark === null ? null : cell.kill === "host" ? 1 : mark.victims,
    hosts: done.host?.epoch ?? 0,
    takeOverMs: cell.kill === "host" && mark !== null ? takeOver(mark.at, done.host) : null,
    seconds: (performance.now() - began) / 1000
  }
  return outcome
})

/** A host that died when nobody needed one is missed by the next call only. */
const takeOver = (killedAt: number, host: { readonly startedAt: number; readonly called: number } | null) =>
  host === null ? null : host.startedAt - (host.startedAt > host.called ? host.called : killedAt)

const work = Effect.fnUntraced(function*(world: World, state: string, count: number, check: typeof problemsOf) {
  const oracle = yield* Oracle
  const launcher = yield* HostLauncher
  const { config } = yield* load({ projectRoot: null })
  const ids = yield* Effect.forEach(Array.from({ length: count }, (_, n) => n), (n) =>
    Effect.gen(function*() {
      const plan = yield* oracle.plan({
        prompt: `Question ${n + 1} of ${state}`,
        files: ["src/**"],
        archiveRequired: true,
        cwd: world.project,
        config,
        requester: { kind: "library" }
      })
      return (yield* oracle.submit(plan)).id
    }))
  const jobs = yield* Effect.forEach(ids, (id) => oracle.wait(id))
  const called = Date.now()
  yield* launcher.ensure
  const { record } = yield* HostStatus.status
  yield* HostStatus.stop({ force: false })
  const left = describe(yield* leftovers(state, config))
  return {
    problems: [...jobs.flatMap((job) => check(world, job)), ...left],
    host: record === null
      ? null
      : { epoch: record.epoch, startedAt: DateTime.toEpochMillis(record.startedAt), called }
  }
})
