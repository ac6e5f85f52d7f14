/** `oracle demo` as a new user runs it. */
import { assert, describe, it } from "@effect/vitest"
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { jsonOf, Sandbox } from "../support/oracle.ts"
import { remainingProcesses } from "../support/processes.ts"

/** A cache of its own that shares the unpacked npm Chromium with this machine. */
const withDemo = async (body: (sandbox: Sandbox, cache: string) => Promise<void>): Promise<void> => {
  const sandbox = new Sandbox()
  const cache = join(sandbox.home, ".cache")
  const shared = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "oracle/npm-chromium")
  mkdirSync(shared, { recursive: true })
  mkdirSync(join(cache, "oracle"), { recursive: true })
  symlinkSync(shared, join(cache, "oracle/npm-chromium"))
  sandbox.write("src/main.ts", "export const answer = 42\n")
  sandbox.write("token.txt", ["ghp_", "0123456789abcdefghijABCDEFGHIJ012345"].join(""))
  try {
    await body(sandbox, cache)
  } finally {
    sandbox.remove()
  }
}

describe("oracle demo", () => {
  it(
    "proves what arrived, keeps the answer, touches no state of the person and leaves nothing behind",
    { timeout: 90_000 },
    () =>
      withDemo(async (sandbox, cache) => {
        const env = { ORACLE_SITE: "grok", ORACLE_RUN_MODE: "headed", ORACLE_STATE_DIR: join(sandbox.root, "mine") }
        const ended = await sandbox.run(["demo", "--json"], { env })
        assert.strictEqual(ended.code, 0, ended.stderr)
        const { answer, clean, error, job, left, proof } = jsonOf(ended)
        assert.deepStrictEqual([error, clean, proof.proved], [null, true, true])
        assert.deepStrictEqual(left, { hosts: 0, browsers: 0, profiles: 0, leases: 0, state: false })
        assert.deepStrictEqual(proof.archive.received, [proof.archive.packed])
        assert.strictEqual(proof.archive.packed.entries, 2)
        assert.include(ended.stderr, "left out, as they seem to hold secrets: 1 file")
        assert.strictEqual(job.status, "complete")
        const kept = join(cache, "oracle/demo")
        assert.strictEqual(readFileSync(join(kept, `oracle-${job.id}`, "response.md"), "utf8"), answer.markdown)
        assert.deepStrictEqual(readdirSync(kept), [`oracle-${job.id}`])
        assert.deepStrictEqual(readdirSync(sandbox.root).toSorted((a, b) => a < b ? -1 : 1), ["home", "project"])
        assert.deepStrictEqual(await remainingProcesses(sandbox.root, 1000), [])
      })
  )

  it(
    "explains that a headless shell shows no window, and goes on without one",
    { timeout: 90_000 },
    () =>
      withDemo(async (sandbox) => {
        const ended = await sandbox.run(["demo", "--headed"], { env: { DISPLAY: "", WAYLAND_DISPLAY: "" } })
        assert.strictEqual(ended.code, 0, ended.stderr)
        assert.include(ended.stderr, "no window can be shown:")
        assert.include(ended.stderr, "the demo goes on without a window")
        assert.match(ended.stdout, /^# What arrived\n/)
        assert.match(ended.stderr, /^proved: .* as the manifest says, and the prompt once$/m)
        assert.match(ended.stderr, /^clean: /m)
      })
  )
})
