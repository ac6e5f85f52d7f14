/** `npm run bench`: each measurement beside a raw baseline of the same run. `-- --only name` runs one of them. */
import { parseArgs } from "node:util"
import { meets, type Row } from "./Row.ts"

const suites: Readonly<Record<string, () => Promise<{ readonly run: () => Promise<ReadonlyArray<Row>> }>>> = {
  size: () => import("./size.ts"),
  start: () => import("./start.ts"),
  pi: () => import("./pi.ts"),
  status: () => import("./status.ts"),
  archive: () => import("./archive.ts"),
  clone: () => import("./clone.ts"),
  job: () => import("./job.ts"),
  page: () => import("./page.ts"),
  latency: () => import("./latency.ts"),
  memory: () => import("./memory.ts")
}

const number = (value: number): string => value >= 100 ? value.toFixed(0) : value.toPrecision(3)

const lineOf = (row: Row): string => {
  const measured = row.ratio === null
    ? `${number(row.value)} ${row.unit}`
    : `${number(row.ratio)}x  (${number(row.value)} against ${number(row.baseline ?? 0)} ${row.unit})`
  const met = meets(row)
  const bound = row.ratio === null ? `${row.target} ${row.unit}` : `${row.target}x`
  const verdict = met === null ? "" : `  ${met ? "ok  " : "MISS"} target ${row.more === true ? ">=" : "<="} ${bound}`
  return `  ${row.name.padEnd(52)} ${measured}${verdict}${row.note === undefined ? "" : `  [${row.note}]`}`
}

const { values } = parseArgs({ options: { only: { type: "string", multiple: true }, json: { type: "boolean" } } })
const unknown = (values.only ?? []).filter((name) => !(name in suites))
if (unknown.length > 0) {
  console.error(`no benchmark is named ${unknown.join(", ")}; there are ${Object.keys(suites).join(", ")}`)
  process.exit(2)
}

const all: Array<Row> = []
let failed = false
for (const [name, load] of Object.entries(suites)) {
  if (values.only !== undefined && !values.only.includes(name)) continue
  if (values.json !== true) console.log(name)
  try {
    const rows = await (await load()).run()
    all.push(...rows)
    if (values.json !== true) { for (const row of rows) console.log(lineOf(row)) }
  } catch (error) {
    failed = true
    console.error(`  ${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`)
  }
}
if (values.json === true) console.log(JSON.stringify(all, null, 2))
const missed = all.filter((row) => meets(row) === false)
if (values.json !== true) {
  const targets = all.filter((row) => row.target !== null)
  console.log(`${targets.length - missed.length} of ${targets.length} targets met`)
}
process.exitCode = failed || missed.length > 0 ? 1 : 0
