/** Many jobs through one state directory, with kills at random moments, and a look at what that does to the host. */
import { load } from "@effect-oracle/core/config/ConfigSources"
import { HostLauncher } from "@effect-oracle/core/host/HostLauncher"
import * as HostStatus from "@effect-oracle/core/host/HostStatus"
import { Oracle } from "@effect-oracle/core/Oracle"
import { Effect, Random } from "effect"
import { readdirSync, readFileSync } from "node:fs"
import { describe, leftovers } from "./Leftovers.ts"
import { isExcused, problemsOf } from "./Promises.ts"
import { entryOf } from "./TestHost.ts"
import { browsersIn, endAll, zombiesOf } from "./Victims.ts"
import { clientAt, type World } from "./World.ts"

export interface LoadOptions {
  readonly world: World
  /** No further job begins once this says so. */
  readonly isEnough: (begun: number, elapsedMs: number) => boolean
  readonly atOnce: number
  /** Mean time between two kills; null for none. */
  readonly killEveryMs: number | null
  /** Part of the kills that hit the host; the others hit a Chromium. */
  readonly hostKills: number
  readonly onMinute?: (report: Report) => void
}

export interface Report {
  readonly minutes: number
  begun: number
  complete: number
  /** Given up before anything was sent, because they were stopped three times. */
  excused: number
  hostsKilled: number
  browsersKilled: number
  readonly problems: Array<string>
  /** Of the host that runs now. */
  rssMb: number
  descriptors: number
  mostRssMb: number
  mostDescriptors: number
  browsers: number
  /** Hosts and browsers that were seen. */
  readonly leaders: Set<number>
}

const jobLimitMs = 300_000
const sampleMs = 1000
/** A parent asks about the end of its child when it is run next, not at once. */
const reapedWithinMs = 10_000

const numberIn = (path: string, pattern: RegExp): number => {
  try {
    return Number(pattern.exec(readFileSync(path, "utf8"))?.[1] ?? 0)
  } catch {
    return 0
  }
}

const countIn = (path: string): number => {
  try {
    return readdirSync(path).length
  } catch {
    return 0
  }
}

/** Runs jobs until it is enough; afterwards looks for anything that is left. */
export const runLoad = Effect.fnUntraced(function*(options: LoadOptions) {
  const state = options.world.state({ browser: { maxConcurrentJobs: options.atOnce } })
  const entry = entryOf(options.world.host.file, { lookMs: 2000 })
  return yield* drive(options, state).pipe(
    Effect.ensuring(Effect.ignore(HostStatus.stop({ force: true }))),
    Effect.provide(clientAt(state, entry))
  )
})

const drive = Effect.fnUntraced(function*(options: LoadOptions, state: string) {
  const launcher = yield* HostLauncher
  const began = performance.now()
  const elapsed = () => performance.now() - began
  const report = newReport(elapsed)
  const { config } = yield* load({ projectRoot: null })

  const line = Effect.gen(function*() {
    while (!options.isEnough(report.begun, elapsed())) {
      report.begun += 1
      yield* oneJob(options.world, config, report.begun, report)
    }
  })
  yield* Effect.all(Array.from({ length: options.atOnce }, () => line), { concurrency: "unbounded" }).pipe(
    Effect.raceFirst(Effect.all([killer(options, state, report), sampler(state, report), minutes(options, report)], {
      concurrency: "unbounded"
    }))
  )
  yield* launcher.ensure
  yield* HostStatus.stop({ force: false })
  report.problems.push(...describe(yield* leftovers(state, config)))
  const zombies = yield* Effect.sync(() => zombiesOf(report.leaders)).pipe(
    Effect.tap((count) => count > 0 ? Effect.sleep(200) : Effect.void),
    Effect.repeat({ until: (count) => count === 0, times: reapedWithinMs / 200 }),
    Effect.map(() => zombiesOf(report.leaders))
  )
  if (zombies > 0) report.problems.push(`${zombies} zombies`)
  return report
})

const newReport = (elapsed: () => number): Report => ({
  get minutes() {
    return elapsed() / 60_000
  },
  begun: 0,
  complete: 0,
  excused: 0,
  hostsKilled: 0,
  browsersKilled: 0,
  problems: [],
  rssMb: 0,
  descriptors: 0,
  mostRssMb: 0,
  mostDescriptors: 0,
  browsers: 0,
  leaders: new Set()
})

const oneJob = Effect.fnUntraced(
  function*(world: World, config: Effect.Success<ReturnType<typeof load>>["config"], n: number, report: Report) {
    const oracle = yield* Oracle
    const plan = yield* oracle.plan({
      prompt: `Question ${n} of many`,
      files: ["src/**"],
      archiveRequired: true,
      cwd: world.project,
      config,
      requester: { kind: "library" }
    })
    const { id } = yield* oracle.submit(plan)
    const job = yield* oracle.wait(id, { timeoutMs: jobLimitMs })
    if (isExcused(world, job)) report.excused += 1
    else {
      const problems = problemsOf(world, job)
      if (problems.length === 0) report.complete += 1
      report.problems.push(...problems.map((problem) => `job ${n}: ${problem}`))
    }
  },
  (effect, _world, _config, n, report) =>
    Effect.catchCause(
      effect,
      (cause) => Effect.sync(() => void report.problems.push(`job ${n}: ${String(cause).slice(0, 300)}`))
    )
)

const killer = Effect.fnUntraced(function*({ hostKills, killEveryMs }: LoadOptions, state: string, report: Report) {
  if (killEveryMs === null) return yield* Effect.never
  while (true) {
    yield* Effect.sleep(killEveryMs * 2 * (yield* Random.next))
    if ((yield* Random.next) < hostKills) {
      const { record, state: host } = yield* HostStatus.status
      if (record === null || host === "absent") continue
      report.hostsKilled += 1
      endAll([record.process])
    } else {
      const victims = browsersIn(state).slice(0, 1)
      report.browsersKilled += victims.length
      endAll(victims)
    }
  }
})

const sampler = Effect.fnUntraced(function*(state: string, report: Report) {
  while (true) {
    yield* Effect.sleep(sampleMs)
    const { record } = yield* HostStatus.status
    const browsers = browsersIn(state)
    for (const { pid } of [...browsers, ...(record === null ? [] : [record.process])]) report.leaders.add(pid)
    report.browsers = browsers.length
    if (record === null) continue
    report.rssMb = numberIn(`/proc/${record.process.pid}/status`, /VmRSS:\s+(\d+)/) / 1024
    report.descriptors = countIn(`/proc/${record.process.pid}/fd`)
    report.mostRssMb = Math.max(report.mostRssMb, report.rssMb)
    report.mostDescriptors = Math.max(report.mostDescriptors, report.descriptors)
  }
})

const minutes = Effect.fnUntraced(function*({ onMinute }: LoadOptions, report: Report) {
  while (true) {
    yield* Effect.sleep(60_000)
    onMinute?.(report)
  }
})

export const lineOf = (report: Report): string =>
  [
    `${report.minutes.toFixed(0)} min`,
    `${report.begun} begun`,
    `${report.complete} complete`,
    `${report.excused} given up unsent`,
    `killed ${report.hostsKilled} hosts, ${report.browsersKilled} browsers`,
    `host ${report.rssMb.toFixed(0)} MB, ${report.descriptors} descriptors`,
    `${report.browsers} browsers`,
    `${report.problems.length} problems`
  ].join("  ")
