/** `npm test`: the checks, then the fast, the durability and the browser suite; ends with one line that counts the tests. */
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

const root = dirname(import.meta.dirname)
const scratch = mkdtempSync(join(tmpdir(), "oracle-test-"))

const run = (command: string, args: ReadonlyArray<string>): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] })
    child.on("error", () => resolve(1))
    child.on("close", (code) => resolve(code ?? 1))
  })

interface Counts {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: ReadonlyArray<{
    readonly name: string
    readonly assertionResults: ReadonlyArray<{ readonly status: string }>
  }>
}

/** Tests that show a window, by whether they ran: they need a full browser and an X server. */
const windowTests = (all: ReadonlyArray<Counts>): string => {
  const statuses = all.flatMap(({ testResults }) => testResults)
    .filter(({ name }) => name.includes("/test/headed/"))
    .flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status))
  const ran = statuses.filter((status) => status === "passed" || status === "failed").length
  const why = ran === statuses.length ? "" : ` (${statuses.length - ran} skipped: no full browser or no Xvfb)`
  return `${ran} tests with a window ran${why}`
}

const suite = async (name: "fast" | "durability" | "browser") => {
  const file = join(scratch, `${name}.json`)
  const started = performance.now()
  const code = await run("vitest", [
    "run",
    "--config",
    "vitest.workspace.ts",
    "--project",
    `${name}:*`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`
  ])
  const counts = JSON.parse(readFileSync(file, "utf8")) as Counts
  process.stdout.write(`${name} suite: ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
  return { code, counts }
}

try {
  const bundle = await run("node", ["build/bundle.ts"])
  const check = await run("node", ["build/check.ts"])
  const results = [await suite("fast"), await suite("durability"), await suite("browser")]
  const sum = (key: Exclude<keyof Counts, "testResults">) =>
    results.reduce((total, { counts }) => total + counts[key], 0)
  const skipped = sum("numPendingTests")
  process.stdout.write(`\n${windowTests(results.map(({ counts }) => counts))}`)
  process.stdout.write(
    `\n${sum("numPassedTests")} passed, ${sum("numFailedTests")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`
  )
  process.exitCode = [bundle, check, ...results.map(({ code }) => code)].every((code) => code === 0) ? 0 : 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
