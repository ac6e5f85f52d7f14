/**
 * Jobs for as long as you like: `npm run soak -- --minutes N [--at-once 2] [--kill-every-ms 30000]`. Prints a line a minute
 * and ends with what must be true.
 */
import { Effect } from "effect"
import { parseArgs } from "node:util"
import { lineOf, type Report, runLoad } from "./support/Load.ts"
import { numberOf } from "./support/Numbers.ts"
import { World } from "./support/World.ts"

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    "at-once": { type: "string", default: "2" },
    "kill-every-ms": { type: "string", default: "30000" }
  }
})

interface Sample {
  readonly rssMb: number
  readonly descriptors: number
}

const samples: Array<Sample> = []
const minutes = numberOf("minutes", values.minutes)
const atOnce = numberOf("at-once", values["at-once"])
const killEveryMs = numberOf("kill-every-ms", values["kill-every-ms"], 0) || null
const world = await World.make()
const report = await Effect.runPromise(runLoad({
  world,
  isEnough: (_, elapsedMs) => elapsedMs >= minutes * 60_000,
  atOnce,
  killEveryMs,
  hostKills: 0.1,
  onMinute: (report: Report) => {
    samples.push({ rssMb: report.rssMb, descriptors: report.descriptors })
    console.log(lineOf(report))
  }
}))
const leftTemp = world.temporaryFiles()
await world.close()

const invariants: ReadonlyArray<readonly [what: string, holds: boolean]> = [
  [
    "every job ended with its answer after one send or was given up unsent, and nothing of it is left",
    report.problems.length === 0
  ],
  ["no temporary files are left", leftTemp.length === 0],
  ["the host stayed below 400 MB", samples.every(({ rssMb }) => rssMb < 400)],
  ["the host stayed below 150 descriptors", samples.every(({ descriptors }) => descriptors < 150)]
]
console.log(lineOf(report))
for (const [what, holds] of invariants) console.log(`${holds ? "holds " : "BROKEN"} ${what}`)
for (const problem of [...report.problems, ...leftTemp]) console.log(`  ${problem}`)
process.exitCode = invariants.every(([, holds]) => holds) ? 0 : 1
