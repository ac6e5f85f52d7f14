/** `npm run check`: types, Effect diagnostics, lint, format and dead code, side by side. */
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"

const root = dirname(import.meta.dirname)
const tools = join(root, "tools")
/** oxlint finds its type-aware half on the path. */
const env = { ...process.env, PATH: `${join(tools, "node_modules", ".bin")}${delimiter}${process.env["PATH"] ?? ""}` }
const tool = (name: string) => join(tools, "node_modules", ".bin", name)

const run = (command: string, args: ReadonlyArray<string>): Promise<{ code: number; output: string; ms: number }> =>
  new Promise((resolve) => {
    const started = performance.now()
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env })
    let output = ""
    child.stdout.on("data", (chunk) => (output += chunk))
    child.stderr.on("data", (chunk) => (output += chunk))
    child.on("error", (error) => resolve({ code: 1, output: `${output}${error.message}\n`, ms: 0 }))
    child.on("close", (code) => resolve({ code: code ?? 1, output, ms: performance.now() - started }))
  })

const projects = [
  "packages/core/tsconfig.json",
  "packages/browser/tsconfig.json",
  "packages/practice/tsconfig.json",
  "packages/cli/tsconfig.json",
  "packages/pi-adapter/tsconfig.json",
  "tsconfig.tests.json"
]

const effectDiagnostics = async () => {
  let output = ""
  let code = 0
  const started = performance.now()
  for (const project of projects) {
    const result = await run(tool("effect-tsgo"), ["diagnostics", "--project", project])
    if (result.code !== 0) {
      code = result.code
      output += result.output
    }
  }
  return { code, output, ms: performance.now() - started }
}

if (!existsSync(tool("oxlint"))) {
  process.stdout.write("installing the linters and the formatter (tools/package.json)\n")
  const install = await run("npm", [
    "install",
    "--prefix",
    "tools",
    "--no-package-lock",
    "--no-audit",
    "--no-fund"
  ])
  if (install.code !== 0) {
    process.stdout.write(install.output)
    process.exit(1)
  }
}

const steps = {
  types: async () => {
    const built = await run("tsc", ["-b"])
    if (built.code !== 0) return built
    return run("tsc", ["-p", "tsconfig.tests.json", "--noEmit"])
  },
  effect: effectDiagnostics,
  lint: () => run(tool("oxlint"), ["--type-aware", "--deny-warnings"]),
  format: () => run(tool("dprint"), ["check", "--incremental=false"]),
  "dead code": () => run(tool("knip"), ["--no-progress"])
}

const only = process.argv.slice(2)
const chosen = Object.entries(steps).filter(([name]) => only.length === 0 || only.includes(name))
const results = await Promise.all(chosen.map(async ([name, step]) => [name, await step()] as const))
for (const [name, { code, ms, output }] of results) {
  if (code !== 0) process.stdout.write(`\n--- ${name}\n${output}\n`)
  process.stdout.write(`${code === 0 ? "ok    " : "FAILED"} ${name} (${(ms / 1000).toFixed(1)} s)\n`)
}
process.exit(results.every(([, { code }]) => code === 0) ? 0 : 1)
