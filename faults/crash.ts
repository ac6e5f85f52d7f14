/**
 * The crash matrix: `node --conditions=oracle-source faults/crash.ts [--points N] [--only NAME] [--kill host|browser|page]
 * [--at-once N] [--true-pauses]`. Ends a host or its Chromium at every named moment of a job and looks at what comes of it.
 */
import { Effect } from "effect"
import { parseArgs } from "node:util"
import { crash, momentsFor, type Outcome, unreadable } from "./support/Crash.ts"
import { loginLost } from "./support/LoginLost.ts"
import { numberOf } from "./support/Numbers.ts"
import type { Kill } from "./support/TestHost.ts"
import { World } from "./support/World.ts"

const { values } = parseArgs({
  options: {
    points: { type: "string" },
    only: { type: "string" },
    kill: { type: "string", multiple: true, default: ["host", "browser"] },
    "at-once": { type: "string", default: "2" },
    /** The pauses of a production host before it believes that a prompt is absent. */
    "true-pauses": { type: "boolean", default: false }
  }
})

const sample = <A>(all: ReadonlyArray<A>, count: number): ReadonlyArray<A> =>
  count >= all.length ? all : Array.from({ length: count }, (_, n) => all[Math.floor((n + 0.5) * all.length / count)]!)

const kills = (["host", "browser", "page"] as const).filter((kind) => values.kill.includes(kind))
const inTheDark = unreadable.filter(({ at, kill }) =>
  kills.includes(kill) && (values.only === undefined || at.startsWith(values.only))
)
const cells: ReadonlyArray<Kill> = sample(
  kills.flatMap((kill) =>
    momentsFor(kill).filter((at) => values.only === undefined || at.startsWith(values.only)).map((at): Kill => ({
      at,
      kill
    }))
  ).concat(inTheDark),
  values.points === undefined ? Infinity : numberOf("points", values.points)
)

const lineOf = ({ cell, hosts, problems, seconds, takeOverMs, victims }: Outcome): string =>
  [
    problems.length === 0 ? "ok    " : "FAILED",
    cell.kill.padEnd(8),
    `${cell.at}${cell.unreadable === true ? ", no history" : ""}`.padEnd(40),
    (victims === null ? "not reached" : victims === 0 ? "no victim" : "killed").padEnd(12),
    `${hosts} hosts`,
    `${seconds.toFixed(1)} s`.padStart(8),
    takeOverMs === null ? "" : `take-over ${takeOverMs} ms`,
    ...problems
  ].join("  ")

const lostLogin = async (): Promise<ReadonlyArray<string>> => {
  const own = await World.make()
  const problems = await Effect.runPromise(loginLost(own))
  await own.close()
  console.log([problems.length === 0 ? "ok    " : "FAILED", "login lost after the send", ...problems].join("  "))
  return problems
}

const atOnce = numberOf("at-once", values["at-once"])
const world = await World.make()
const began = performance.now()
const outcomes = await Effect.runPromise(
  Effect.forEach(cells, (cell) =>
    crash(world, cell, values["true-pauses"] ? undefined : 2000).pipe(
      Effect.tap((outcome) => Effect.sync(() => console.log(lineOf(outcome))))
    ), { concurrency: atOnce })
)
await world.close()

const isWhole = values.only === undefined && values.points === undefined
const login = isWhole ? await lostLogin() : []

const struck = outcomes.filter(({ victims }) => (victims ?? 0) > 0)
const failed = outcomes.filter(({ problems }) => problems.length > 0)
const takeOvers = outcomes.flatMap(({ takeOverMs }) => takeOverMs ?? []).toSorted((a, b) => a - b)
const at = (part: number) => takeOvers[Math.min(takeOvers.length - 1, Math.floor(takeOvers.length * part))] ?? 0

console.log(`\n${outcomes.length} runs in ${((performance.now() - began) / 1000).toFixed(0)} s`)
for (const kind of kills) {
  const own = struck.filter(({ cell }) => cell.kill === kind)
  console.log(`  ${kind} killed at ${new Set(own.map(({ cell }) => cell.at)).size} moments`)
}
console.log(`  take-over p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`)
console.log(`${failed.length + login.length} runs with a broken promise`)
process.exitCode = failed.length + login.length === 0 ? 0 : 1
