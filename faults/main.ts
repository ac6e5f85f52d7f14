/** `npm run test:faults [-- NAME...]`: every proof of durability at its full count, one after the other, with a summary. */
import { spawn } from "node:child_process"
import { dirname, join } from "node:path"

const runs: Readonly<Record<string, ReadonlyArray<string>>> = {
  simulation: ["--seeds", "10000"],
  storms: ["--processes", "16", "--seconds", "60"],
  corruption: [],
  storage: [],
  crash: [],
  "ask-survives": ["--times", "10"],
  leaks: ["--jobs", "200"]
}

const run = (name: string, args: ReadonlyArray<string>): Promise<number> =>
  new Promise((resolve) => {
    const file = join(import.meta.dirname, `${name}.ts`)
    const child = spawn(process.execPath, ["--conditions=oracle-source", file, ...args], {
      cwd: dirname(import.meta.dirname),
      stdio: ["ignore", "inherit", "inherit"]
    })
    child.on("error", () => resolve(1))
    child.on("close", (code) => resolve(code ?? 1))
  })

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in runs))
if (unknown.length > 0) {
  console.error(`no such proof: ${unknown.join(", ")}; there are ${Object.keys(runs).join(", ")}`)
  process.exit(2)
}

const lines: Array<string> = []
for (const [name, args] of Object.entries(runs)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n=== ${name} ${args.join(" ")}`)
  const began = performance.now()
  const code = await run(name, args)
  lines.push(`${code === 0 ? "ok    " : "FAILED"} ${name} (${((performance.now() - began) / 1000).toFixed(0)} s)`)
  if (code !== 0) process.exitCode = 1
}
console.log(`\n${lines.join("\n")}`)
