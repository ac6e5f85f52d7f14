/**
 * `node --conditions=oracle-source faults/ask-survives.ts [--times 10]`: kills the host of a running `oracle ask` at a random
 * moment, and measures how soon a dead host is replaced by the next call of a client. Needs the bundle (`npm run build`).
 */
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { numberOf } from "./support/Numbers.ts"
import { replace, survive } from "./support/Survive.ts"
import { World } from "./support/World.ts"

const { values } = parseArgs({ options: { times: { type: "string", default: "10" } } })
const { version }: { readonly version: string } = JSON.parse(
  readFileSync(new URL("../packages/cli/package.json", import.meta.url), "utf8")
)
/** About as long as a job takes. */
const spanMs = 4500
const takeOverLimitMs = 2000

const times = numberOf("times", values.times)
const world = await World.make()
let broken = 0
/** Kills that came while the command ran; one that came too late is no proof and is repeated. */
let hits = 0
while (hits < times) {
  const { killedAfterMs, problems, progress, takeOverMs } = await Effect.runPromise(survive(world, version, spanMs))
  broken += problems.length
  if (killedAfterMs !== null) hits += 1
  console.log(
    `${problems.length === 0 ? "ok    " : "FAILED"} ask: host killed ${
      killedAfterMs === null ? "after its end" : `after ${killedAfterMs.toFixed(0)} ms`
    }, next host ${
      takeOverMs === null ? "not needed" : `${takeOverMs} ms later`
    }, ${progress} pieces of progress after it ${problems.join("; ")}`
  )
}
const took = await Effect.runPromise(replace(world, version, 5))
await world.close()
const longest = Math.max(...took)
console.log(`take-over by the next call: ${took.map((ms) => `${ms.toFixed(0)} ms`).join(", ")}`)
if (longest > takeOverLimitMs) broken += 1
console.log(`${hits} hosts killed during an ask, ${broken} broken promises`)
process.exitCode = broken === 0 ? 0 : 1
