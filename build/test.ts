/** `npm test`: the checks, then the fast, the durability and the browser suite; ends with one line that counts the tests. */
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"

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
    readonly message: string
    readonly assertionResults: ReadonlyArray<{
      readonly status: string
      readonly fullName: string
      readonly failureMessages: ReadonlyArray<string> | null
    }>
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

/** Every failure once more, for a reader who sees the end of a log: the file, the test and how its message begins. */
const failures = (all: ReadonlyArray<Counts>): ReadonlyArray<string> =>
  all.flatMap(({ testResults }) => testResults).flatMap(({ assertionResults, message, name }) => {
    const failed = assertionResults.filter(({ status }) => status === "failed")
    const lines = failed.map(({ failureMessages, fullName }) =>
      `FAILED ${relative(root, name)}\n  ${fullName}\n${beginning((failureMessages ?? []).join("\n"))}`
    )
    return failed.length === 0 && message !== ""
      ? [`FAILED ${relative(root, name)}\n${beginning(message)}`]
      : lines
  })

const beginning = (message: string) =>
  message.slice(0, 2_000).split("\n").slice(0, 25).map((line) => `  | ${line}`).join("\n")

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
  const counts = results.map((result) => result.counts)
  for (const failure of failures(counts)) {
    process.stdout.write(`\n${failure}\n`)
  }
  if (bundle !== 0) process.stdout.write("\nFAILED build/bundle.ts: its message stands at the beginning of this log\n")
  if (check !== 0) process.stdout.write("\nFAILED build/check.ts: its message stands before the suites\n")
  const sum = (key: Exclude<keyof Counts, "testResults">) => counts.reduce((total, each) => total + each[key], 0)
  const skipped = sum("numPendingTests")
  process.stdout.write(`\n${windowTests(counts)}`)
  process.stdout.write(
    `\n${sum("numPassedTests")} passed, ${sum("numFailedTests")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`
  )
  process.exitCode = [bundle, check, ...results.map(({ code }) => code)].every((code) => code === 0) ? 0 : 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
