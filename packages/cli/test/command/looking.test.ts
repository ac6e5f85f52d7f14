import { afterAll, assert, describe, it } from "@effect/vitest"
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { insertJob } from "../support/jobs.ts"
import { jsonOf, Sandbox } from "../support/oracle.ts"

const sandbox = new Sandbox()
afterAll(() => sandbox.remove())

describe("a record that cannot be read", () => {
  it("is listed, and goes by the step that doctor names", async () => {
    const there = new Sandbox()
    try {
      const { id } = await insertJob(there)
      const database = new DatabaseSync(join(there.state, "oracle.db"))
      database.exec("UPDATE jobs SET record = '{}'")
      database.close()
      rmSync(join(there.state, `jobs/oracle-${id}/job.json`), { force: true })
      const found = async () => {
        const { checks } = jsonOf(await there.run(["doctor", "--json"]))
        return checks.find(({ name }: { readonly name: string }) => name === "database")
      }
      const { level, message, nextStep } = await found()
      assert.deepStrictEqual([level, message.includes(id)], ["warn", true])
      const command = /'oracle (clean) ([0-9a-f-]{36})'/.exec(nextStep)?.slice(1) ?? assert.fail(nextStep)
      assert.strictEqual((await there.run(command)).code, 0)
      assert.strictEqual((await found()).level, "ok")
    } finally {
      there.remove()
    }
  })
})

describe("a fresh machine", () => {
  it("has no jobs, which is no failure", async () => {
    const human = await sandbox.run(["status"])
    assert.strictEqual(human.code, 0)
    assert.strictEqual(human.stdout, "")
    assert.include(human.stderr, `no jobs yet in ${sandbox.project}`)
    assert.deepStrictEqual(jsonOf(await sandbox.run(["status", "--json"])), {
      jobs: [],
      quarantined: [],
      foreign: [],
      error: null
    })
  })

  it("names the job folders of another tool, and leaves them alone", async () => {
    const jobs = join(sandbox.root, "shared-jobs")
    const folder = join(jobs, "oracle-0b1c7f3e")
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, "job.json"), "{ \"status\": \"complete\" }")
    const env = { PI_ORACLE_JOBS_DIR: jobs, ORACLE_STATE_DIR: join(sandbox.root, "other-state") }
    const human = await sandbox.run(["status"], { env })
    assert.include(human.stdout, `${folder}  of another tool; left alone`)
    assert.deepInclude(jsonOf(await sandbox.run(["status", "--json"], { env })), { jobs: [], foreign: [folder] })
    await sandbox.run(["clean", "--all", "--all-projects", "--yes"], { env })
    assert.strictEqual(readFileSync(join(folder, "job.json"), "utf8"), "{ \"status\": \"complete\" }")
  })

  it("keeps its state to its owner", async () => {
    await sandbox.run(["status"])
    assert.strictEqual(statSync(sandbox.state).mode & 0o777, 0o700)
    assert.strictEqual(statSync(join(sandbox.state, "oracle.db")).mode & 0o777, 0o600)
  })

  it.each([
    ["status", "01a1fd49-d894-718b-9e02-869a487d1c05"],
    ["status", "abcd"],
    ["wait", "01a1fd49-d894-718b-9e02-869a487d1c05"],
    ["read"],
    ["cancel", "not-an-id"],
    ["resume", "abcd"],
    ["logs"]
  ])("has no job to be found by: %s %s", async (...args) => {
    const ended = await sandbox.run([...args, "--json"])
    assert.strictEqual(ended.code, 4)
    assert.strictEqual(jsonOf(ended).error.code, "job_not_found")
  })

  it("runs no host, and says so with and without --json", async () => {
    const { running, pid } = jsonOf(await sandbox.run(["host", "status", "--json"]))
    assert.deepStrictEqual([running, pid], [false, null])
    const stop = await sandbox.run(["host", "stop"])
    assert.deepStrictEqual([stop.code, stop.stdout], [0, "no host runs\n"])
  })

  it("is told by doctor what is missing and how to get it", async () => {
    const ended = await sandbox.run(["doctor", "--json"])
    assert.strictEqual(ended.code, 3)
    const { checks, ok } = jsonOf(ended)
    assert.isFalse(ok)
    const named = new Map(checks.map((check: { name: string }) => [check.name, check]))
    assert.deepInclude(named.get("state"), { level: "ok", message: sandbox.state })
    assert.deepInclude(named.get("seed chatgpt"), { level: "fail", nextStep: "run 'oracle auth chatgpt'" })
    assert.deepInclude(named.get("host"), { level: "ok" })
  })

  it("is told by auth that no window can be shown, or that a state file is missing, before anything is asked", async () => {
    const none = await sandbox.run(["auth", "chatgpt", "--json"])
    assert.strictEqual(none.code, 3)
    assert.include(["display_missing", "browser_missing"], jsonOf(none).error.code)
    assert.include(jsonOf(none).error.nextStep, "'oracle auth chatgpt --state-file FILE'")
    const atWork = await sandbox.run(["auth", "chatgpt", "--account", "work", "--json"])
    assert.include(jsonOf(atWork).error.nextStep, "'oracle auth chatgpt --account work --state-file FILE'")
    const missing = await sandbox.run(["auth", "chatgpt", "--state-file", "nope.json", "--json"])
    assert.deepStrictEqual([missing.code, jsonOf(missing).error.code], [2, "state_file_invalid"])
    assert.isFalse(existsSync(join(sandbox.state, "consent.json")))
  })
})

describe("a state directory that cannot be used", () => {
  it.each(["/dev/null/state", "/proc/oracle-state"])(
    "is refused with its name: %s",
    { timeout: 15_000 },
    async (state) => {
      const ended = await sandbox.run(["status"], { env: { ORACLE_STATE_DIR: state } })
      assert.strictEqual(ended.code, 3)
      assert.include(ended.stderr, state)
      assert.include(ended.stderr, "ORACLE_STATE_DIR")
    }
  )
})
