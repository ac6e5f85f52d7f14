/**
 * Many short jobs with kills at random moments, then a look for anything that is left:
 * `node --conditions=oracle-source faults/leaks.ts [--jobs 200] [--at-once 2] [--kill-every-ms 6000]`.
 */
import { Effect } from "effect"
import { parseArgs } from "node:util"
import { lineOf, runLoad } from "./support/Load.ts"
import { numberOf } from "./support/Numbers.ts"
import { World } from "./support/World.ts"

const { values } = parseArgs({
  options: {
    jobs: { type: "string", default: "200" },
    "at-once": { type: "string", default: "2" },
    "kill-every-ms": { type: "string", default: "6000" }
  }
})
/** Neither may grow beyond this with the number of jobs. */
const limits = { rssMb: 400, descriptors: 150 }

const jobs = numberOf("jobs", values.jobs)
const atOnce = numberOf("at-once", values["at-once"])
const killEveryMs = numberOf("kill-every-ms", values["kill-every-ms"])
const world = await World.make()
const began = performance.now()
const report = await Effect.runPromise(runLoad({
  world,
  isEnough: (begun) => begun >= jobs,
  atOnce,
  killEveryMs,
  hostKills: 0.35,
  onMinute: (report) => console.log(lineOf(report))
}))
const leftTemp = world.temporaryFiles()
await world.close()

const problems = [
  ...report.problems,
  ...leftTemp.map((name) => `temporary ${name}`),
  ...(report.mostRssMb > limits.rssMb ? [`the host took ${report.mostRssMb.toFixed(0)} MB`] : []),
  ...(report.mostDescriptors > limits.descriptors ? [`the host had ${report.mostDescriptors} descriptors`] : [])
]
console.log(
  `${report.begun} jobs in ${((performance.now() - began) / 1000).toFixed(0)} s: ${report.complete} complete, `
    + `${report.excused} given up before their send; killed ${report.hostsKilled} hosts and ${report.browsersKilled} browsers`
)
console.log(`  host at most ${report.mostRssMb.toFixed(0)} MB and ${report.mostDescriptors} descriptors`)
for (const problem of problems) console.log(`  PROBLEM ${problem}`)
console.log(`${problems.length} leaks or broken promises`)
process.exitCode = problems.length === 0 ? 0 : 1
