import { afterAll, assert, describe, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

const cli = dirname(dirname(import.meta.dirname))
const launcher = join(cli, "bin/oracle.mjs")
const folder = realpathSync(mkdtempSync(join(tmpdir(), "oracle-launcher-")))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Makes the Node that loads it believe that it is old; its children are not told. */
const preload = join(folder, "old.cjs")
writeFileSync(
  preload,
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })\n"
)

const run = (file: string, args: ReadonlyArray<string>, signal?: NodeJS.Signals) =>
  new Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const child = spawn(process.execPath, ["--require", preload, file, ...args], {
      env: { PATH: process.env["PATH"], HOME: folder }
    })
    let [stdout, stderr] = ["", ""]
    child.stdout.on("data", (text: Buffer) => {
      stdout += text.toString()
      if (signal !== undefined && stdout.includes("ready")) child.kill(signal)
    })
    child.stderr.on("data", (text: Buffer) => (stderr += text.toString()))
    child.on("close", (code) => resolve({ code, stdout, stderr }))
  })

/** A copy of the launcher in a folder of its own, with a stand-in for the bundle and, if asked, a newer Node beside it. */
const installed = (name: string, main: string, withNode: boolean): string => {
  const root = join(folder, name)
  mkdirSync(join(root, "bin"), { recursive: true })
  mkdirSync(join(root, "dist"))
  writeFileSync(join(root, "package.json"), "{ \"type\": \"module\", \"version\": \"7.8.9\" }")
  writeFileSync(join(root, "bin/oracle.mjs"), readFileSync(launcher))
  writeFileSync(join(root, "dist/main.js"), main)
  if (withNode) {
    mkdirSync(join(root, "node_modules/node/bin"), { recursive: true })
    symlinkSync(process.execPath, join(root, "node_modules/node/bin/node"))
  }
  return join(root, "bin/oracle.mjs")
}

describe("the launcher on an old Node", () => {
  it("still answers --version", async () => {
    const { code, stdout } = await run(installed("version", "", false), ["--version"])
    assert.deepStrictEqual([code, stdout], [0, "oracle 7.8.9\n"])
  })

  it("says which Node it needs instead of failing on an import", async () => {
    const file = installed("alone", "throw new Error('loaded')", false)
    const human = await run(file, ["status"])
    assert.strictEqual(human.code, 3)
    assert.include(human.stderr, "oracle needs Node 22.19 or newer, and this is Node 20.1.0")
    assert.match(human.stderr, /^next: /m)
    const { code, stdout } = await run(file, ["status", "--json"])
    assert.deepStrictEqual([code, JSON.parse(stdout).error.code], [3, "node_too_old"])
  })

  it("runs on under a newer Node that is installed beside it, with arguments and exit code", async () => {
    const main = "process.stdout.write(process.argv.slice(2).join('|')); process.exitCode = 42"
    const { code, stdout } = await run(installed("beside", main, true), ["ask", "-p", "two words"])
    assert.deepStrictEqual([code, stdout], [42, "ask|-p|two words"])
  })

  it("hands a signal on once and takes over the exit code", async () => {
    const main = `let signals = 0
      process.on("SIGINT", () => {
        signals += 1
        setTimeout(() => { process.stdout.write("signals " + signals); process.exit(130) }, 200)
      })
      setInterval(() => {}, 1000)
      process.stdout.write("ready ")`
    const { code, stdout } = await run(installed("signals", main, true), ["ask"], "SIGINT")
    assert.deepStrictEqual([code, stdout], [130, "ready signals 1"])
  })
})
