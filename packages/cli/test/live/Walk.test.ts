import { assert, describe, it } from "@effect/vitest"
import { existsSync } from "node:fs"
import { Walk } from "../../../../live/Walk.ts"
import { insertJob } from "../support/jobs.ts"
import { Sandbox } from "../support/oracle.ts"

describe("a walk on the real site that is stopped", () => {
  it("ends what it waits for, begins nothing more, and leaves no folder", { timeout: 20_000 }, async () => {
    const sandbox = new Sandbox()
    const walk = new Walk({ site: "practice", account: "default", preset: "current" })
    const reason = (work: Promise<unknown>) => work.then(() => "none", (error: Error) => error.message)
    try {
      const { id } = await insertJob(sandbox, { status: "preparing", phase: "preparing", completedAt: null })
      const waiting = walk.wait(id, sandbox.env)
      walk.stop()
      assert.match(await reason(waiting), /^oracle wait ended with \d+ and printed nothing$/)
      assert.strictEqual(await reason(walk.submit("Never sent.", ["--files", "AGENTS.md"], sandbox.env)), "stopped")
      assert.match((await walk.run(["--version"], {}, "tidying up")).out, /\d+\.\d+/)
      assert.deepStrictEqual(await walk.end(), [])
      assert.isFalse(existsSync(walk.root))
    } finally {
      await walk.end()
      sandbox.remove()
    }
  })
})
