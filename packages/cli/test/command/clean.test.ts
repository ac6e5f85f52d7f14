import { ProjectId } from "@effect-oracle/core/domain/Ids"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { DateTime } from "effect"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { insertJob } from "../support/jobs.ts"
import { jsonOf, Sandbox } from "../support/oracle.ts"

const sandbox = new Sandbox()
afterAll(() => sandbox.remove())

const directoryOf = (id: string) => join(sandbox.state, "jobs", `oracle-${id}`)

describe("oracle clean", () => {
  it("removes one ended job with its directory", async () => {
    const { id } = await insertJob(sandbox)
    assert.isTrue(existsSync(directoryOf(id)))
    const ended = await sandbox.run(["clean", id, "--json"])
    assert.deepStrictEqual(jsonOf(ended), { removed: [id], refused: [], quarantined: [], error: null })
    assert.isFalse(existsSync(directoryOf(id)))
    assert.strictEqual((await sandbox.run(["status", id])).code, 4)
  })

  it("refuses a job that is not ended, and one that is still cleaned up with the time at which it goes", async () => {
    const active = await insertJob(sandbox, { phase: "awaiting_response", status: "waiting", completedAt: null })
    assert.strictEqual(jsonOf(await sandbox.run(["clean", active.id, "--json"])).error.code, "job_active")
    const lastAt = DateTime.makeUnsafe(Date.now())
    const pending = await insertJob(sandbox, { cleanup: { pending: true, lastAt, attempted: [], warnings: [] } })
    const { error } = jsonOf(await sandbox.run(["clean", pending.id, "--json"]))
    assert.strictEqual(error.code, "clean_postponed")
    assert.include(error.nextStep, DateTime.formatIso(DateTime.add(lastAt, { minutes: 3 })))
  })

  it("removes all ended jobs of this project when told so, and says what stays", async () => {
    const own = await insertJob(sandbox)
    const other = await insertJob(sandbox, { projectId: ProjectId.make("/elsewhere") })
    const asked = await sandbox.run(["clean", "--all"])
    assert.strictEqual(asked.code, 2)
    assert.include(asked.stderr, "--yes")
    const { refused, removed } = jsonOf(await sandbox.run(["clean", "--all", "--yes", "--json"]))
    assert.deepStrictEqual(removed, [own.id])
    assert.deepStrictEqual(refused.map((one: { error: { code: string } }) => one.error.code).toSorted(), [
      "clean_postponed",
      "job_active"
    ])
    const more = jsonOf(await sandbox.run(["clean", "--all", "--all-projects", "--yes", "--json"]))
    assert.deepStrictEqual(more.removed, [other.id])
  })

  it("wants a job or --all, not both and not neither", async () => {
    for (const args of [["clean"], ["clean", "abcd", "--all"]]) {
      assert.strictEqual((await sandbox.run(args)).code, 2)
    }
  })
})
