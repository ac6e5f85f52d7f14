/** `node --conditions=oracle-source faults/storms.ts [--processes 16] [--seconds 60] [--capacity 2]` */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { storm } from "../packages/core/test/faults/support/Storm.ts"
import { percentile } from "../packages/core/test/faults/support/StormLog.ts"
import { numberOf } from "./support/Numbers.ts"

const { values } = parseArgs({
  options: {
    processes: { type: "string", default: "16" },
    seconds: { type: "string", default: "60" },
    capacity: { type: "string", default: "2" }
  }
})
const shown = 20
const state = mkdtempSync(join(tmpdir(), "oracle-storm-"))
try {
  const capacity = numberOf("capacity", values.capacity)
  const report = await storm(state, {
    processes: numberOf("processes", values.processes),
    seconds: numberOf("seconds", values.seconds),
    capacity
  })
  const count = (kind: string) => report.counts[kind] ?? 0
  const ms = (share: number) => percentile(report.takeOverMs, share).toFixed(0)
  console.log(`${values.processes} processes, ${values.seconds} s`)
  console.log(`  lock taken ${count("held")}, released ${count("released")}, epochs ${count("epoch")}`)
  console.log(`  holder killed ${count("kill")}, frozen ${count("stop")}, lock file replaced ${count("replace")}`)
  console.log(
    `  fenced writes tried ${count("try")}, accepted ${count("wrote")}, stale owners fenced ${count("fenced")}`
  )
  console.log(`  jobs ${report.jobs}, ended ${report.ended}, refused operations ${JSON.stringify(report.refusals)}`)
  console.log(`  most places taken ${report.mostPlaces} of ${capacity}, looks ${count("saw")}`)
  console.log(
    `  take-over after a kill: ${report.takeOverMs.length}, p50 ${ms(0.5)} ms, p99 ${ms(0.99)} ms, max ${ms(1)} ms`
  )
  console.log(`${report.violations.length} violations`)
  for (const violation of report.violations.slice(0, shown)) console.log(`  ${violation}`)
  process.exitCode = report.violations.length === 0 ? 0 : 1
} finally {
  rmSync(state, { recursive: true, force: true })
}
