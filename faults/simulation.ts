/** `node --conditions=oracle-source faults/simulation.ts [--seeds N] [--from N] [--seed N [--trace]]` */
import { parseArgs } from "node:util"
import { counted } from "../packages/core/test/simulation/support/Machine.ts"
import { simulate } from "../packages/core/test/simulation/support/Simulation.ts"
import { numberOf } from "./support/Numbers.ts"

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "10000" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    trace: { type: "boolean", default: false }
  }
})
const first = values.seed === undefined ? numberOf("from", values.from, 0) : numberOf("seed", values.seed, 0)
const count = values.seed === undefined ? numberOf("seeds", values.seeds) : 1
const began = performance.now()
const totals = Object.fromEntries(counted.map((name) => [name, 0]))
let broken = 0

for (let seed = first; seed < first + count; seed += 1) {
  const { counts, violations } = simulate(seed, values.trace ? (line) => console.log(line) : undefined)
  for (const name of counted) totals[name] = (totals[name] ?? 0) + counts[name]
  if (violations.length === 0) continue
  broken += 1
  for (const { atMs, detail, promise } of violations) {
    console.log(`seed ${seed}: ${promise}: ${detail} (at ${(atMs / 1000).toFixed(1)} s)`)
  }
}

const seconds = (performance.now() - began) / 1000
console.log(`${count} seeds in ${seconds.toFixed(1)} s`)
for (const name of counted) console.log(`  ${name.padEnd(18)} ${totals[name]}`)
console.log(`${broken} seeds with violations`)
process.exitCode = broken === 0 ? 0 : 1
