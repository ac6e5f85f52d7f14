/** The programs of `docs/examples`, run as they stand, against the practice site in a real Chromium. */
import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { readdirSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { dirname, join } from "node:path"
import { Sandbox } from "../support/oracle.ts"
import { remainingProcesses } from "../support/processes.ts"
import { runProgram } from "../support/program.ts"

const examples = join(dirname(dirname(dirname(dirname(import.meta.dirname)))), "docs/examples")
const sandbox = new Sandbox()
const env = { XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache") }
let site: PracticeSite

const example = (name: string, ...args: ReadonlyArray<string>) =>
  runProgram(["--conditions=oracle-source", join(examples, name), ...args], {
    cwd: sandbox.project,
    env: { ...sandbox.env, ...env }
  })

beforeAll(async () => {
  site = await start({})
  sandbox.write("src/main.ts", "export const answer = 42\n")
  sandbox.config({
    defaults: { site: "practice", preset: "current" },
    sites: { practice: { baseUrl: site.url } },
    host: { idleMs: 1000 }
  })
  const file = join(sandbox.root, "state.json")
  writeFileSync(file, JSON.stringify(site.admin.storageState()), { mode: 0o600 })
  const { code, stderr } = await sandbox.run(["auth", "practice", "--state-file", file], { env })
  assert.strictEqual(code, 0, stderr)
})

afterAll(async () => {
  await sandbox.run(["host", "stop", "--force"], { env })
  await site.close()
  sandbox.remove()
})

const sends = () => site.admin.log("send").length

describe("the examples", { timeout: 60_000 }, () => {
  it("are the ones tested here", () => {
    assert.deepStrictEqual(readdirSync(examples).filter((name) => name.endsWith(".ts")).toSorted(), [
      "ask.ts",
      "language-model.ts",
      "many.ts",
      "own-store.ts",
      "progress.ts"
    ])
  })

  it("ask one question in their own process and leave nothing running", async () => {
    const { code, stderr, stdout } = await example("ask.ts", "What is in it?", "src")
    assert.strictEqual(code, 0, stderr)
    assert.match(stdout, /^# What arrived\n/)
    assert.include(stdout, "holds 1 entries")
    assert.deepStrictEqual(await remainingProcesses(sandbox.state, 5000), [])
    const refused = await example("ask.ts", "What is in it?", "no-such-folder")
    assert.include(refused.stderr, "archive_input_missing: ")
    assert.include(refused.stderr, "next: check the path or glob")
    assert.strictEqual(sends(), 1)
  })

  it("follow a job of the shared host through its phases", async () => {
    const before = sends()
    const { code, stderr, stdout } = await example("progress.ts", "And now?", "src")
    assert.strictEqual(code, 0, stderr)
    const lines = stdout.split("\n")
    assert.strictEqual(lines[0], "to practice: 1 files, 25 bytes")
    assert.match(lines[1] ?? "", /^job [0-9a-f-]{36}$/)
    for (const phase of ["launching_browser", "uploading_archive", "complete"]) {
      assert.isTrue(lines.some((line) => line.startsWith(phase)), `${phase} in ${stdout}`)
    }
    assert.strictEqual(sends(), before + 1)
  })

  it("use a site as a language model: an object by its schema, and a chat in one conversation", async () => {
    const before = site.admin.log("send").length
    const { code, stderr, stdout } = await example("language-model.ts")
    assert.strictEqual(code, 0, stderr)
    assert.match(stdout, /^received 1 file\(s\)\n/)
    const [object, first, second] = site.admin.log("send").slice(before).map(({ detail }) => detail)
    assert.include(String(object?.["prompt"]), "\"bytes\"")
    assert.strictEqual(second?.["prompt"], "How would you mend it?")
    assert.strictEqual(second?.["conversationId"], first?.["conversationId"])
    assert.notStrictEqual(object?.["conversationId"], first?.["conversationId"])
  })

  it("ask several questions at once, and one mistake stops no other", async () => {
    const { code, stderr, stdout } = await example("many.ts")
    assert.strictEqual(code, 0, stderr)
    const [first, second, third] = stdout.trimEnd().split("\n")
    assert.deepStrictEqual([first, second], Array(2).fill("answered: true in conversation true"))
    assert.match(third ?? "", /^not possible: archive_input_missing, check the path/)
  })

  it("bring a store of their own", async () => {
    const { code, stderr, stdout } = await example("own-store.ts")
    assert.strictEqual(code, 0, stderr)
    assert.match(stdout, /^1 job in memory, its answer has \d{3,} characters\n$/)
  })
})
