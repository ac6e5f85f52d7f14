import { afterEach, assert, beforeEach, describe, it } from "@effect/vitest"
import { jsonOf, Sandbox } from "../support/oracle.ts"

let sandbox: Sandbox
beforeEach(() => {
  sandbox = new Sandbox()
})
afterEach(() => sandbox.remove())

describe("oracle config", () => {
  it("shows each value with where it comes from", async () => {
    const file = sandbox.config({ browser: { maxConcurrentJobs: 3 } })
    const { code, stdout } = await sandbox.run(["config", "show"], { env: { ORACLE_SITE: "practice" } })
    assert.strictEqual(code, 0)
    assert.match(stdout, new RegExp(`browser\\.maxConcurrentJobs +3 +${file}`))
    assert.match(stdout, /defaults\.site +"practice" +ORACLE_SITE/)
    assert.match(stdout, /defaults\.preset +"pro_extended" +default/)
  })

  it("says where the global file would be where there is none", async () => {
    const { stderr } = await sandbox.run(["config", "show"])
    assert.include(stderr, `there is no global file ${sandbox.home}/.config/oracle/config.json yet`)
  })

  it("prints a JSON Schema that names the sections", async () => {
    const ended = await sandbox.run(["config", "schema"])
    assert.containsAllKeys(jsonOf(ended).properties, ["browser", "worker", "sites", "archive"])
  })

  it("names file, line and key of a mistake, and exits 3", async () => {
    const file = sandbox.config(`{\n  "browser": {\n    "maxConcurentJobs": 3\n  }\n}\n`)
    const ended = await sandbox.run(["config", "show"])
    assert.strictEqual(ended.code, 3)
    assert.include(ended.stderr, `${file}:3:`)
    assert.include(ended.stderr, "maxConcurentJobs")
    assert.include(ended.stderr, "maxConcurrentJobs")
  })

  it("names file and line of text that is not JSON, also as JSON", async () => {
    const file = sandbox.config("{\n  \"browser\": {,\n}\n")
    const { error } = jsonOf(await sandbox.run(["config", "show", "--json"]))
    assert.strictEqual(error.code, "config_invalid")
    assert.include(error.message, `${file}:2:`)
  })
})
