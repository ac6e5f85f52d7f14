import { emptyLedger } from "@effect-oracle/core/domain/SendLedger"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { insertJob } from "../support/jobs.ts"
import { jsonOf, Sandbox } from "../support/oracle.ts"
import { atTerminal, ctrlC, hasTerminal } from "../support/terminal.ts"

const sandbox = new Sandbox()
afterAll(() => sandbox.remove())

const directoryOf = (id: string) => join(sandbox.state, "jobs", `oracle-${id}`)
const hostRecord = join(sandbox.state, "host.json")
const exits = join(sandbox.state, "host-exits.json")

describe.runIf(hasTerminal)("a person at a terminal", () => {
  it("is asked before all jobs go, and only yes removes them", async () => {
    const { id } = await insertJob(sandbox)
    for (const [answer, stays] of [["\n", true], ["n\n", true], [ctrlC, true], ["y\n", false]] as const) {
      const session = atTerminal(sandbox, ["clean", "--all"])
      await session.shows("[y/N]")
      session.type(answer)
      const { code, stdout } = await session.ended
      assert.strictEqual(existsSync(directoryOf(id)), stays, stdout)
      assert.strictEqual(code === 0, !stays, stdout)
      if (answer === ctrlC) assert.strictEqual(code, 130)
    }
  })

  it("is asked before a second send, and told where to look", async () => {
    const { id } = await insertJob(sandbox, {
      phase: "failed",
      status: "failed",
      chatUrl: "https://chat.test/c/abc",
      send: { ...emptyLedger, state: "attempting" }
    })
    const session = atTerminal(sandbox, ["resume", id, "--send-again"])
    await session.shows("https://chat.test/c/abc")
    await session.shows("send it again? [y/N]")
    session.type("no\n")
    const { code, stdout } = await session.ended
    assert.include(stdout, "nothing was sent")
    assert.notStrictEqual(code, 0)
    const { job } = jsonOf(await sandbox.run(["status", id, "--json"]))
    assert.strictEqual(job.status, "failed")
  })

  it("ends a host that runs there with Ctrl-C, which is no trouble to the next one", async () => {
    const session = atTerminal(sandbox, ["host", "run", "--stay"])
    await session.shows("host started")
    assert.strictEqual(jsonOf(await sandbox.run(["host", "status", "--json"])).running, true)
    session.type(ctrlC)
    const { code } = await session.ended
    assert.strictEqual(code, 130)
    assert.isFalse(existsSync(hostRecord))
    const last = JSON.parse(readFileSync(exits, "utf8")).exits.at(-1)
    assert.deepInclude(last, { reason: "stopped", rapid: false })
  })
})

describe.runIf(process.platform !== "win32")("a host whose terminal is closed", () => {
  it("ends in order", async () => {
    const { child, ended } = sandbox.start(["host", "run", "--stay"])
    await new Promise<void>((resolve) => {
      child.stderr?.on("data", (text: string) => text.includes("host started") ? resolve() : undefined)
    })
    assert.isTrue(existsSync(hostRecord))
    child.kill("SIGHUP")
    assert.strictEqual((await ended).code, 130)
    assert.isFalse(existsSync(hostRecord))
    const last = JSON.parse(readFileSync(exits, "utf8")).exits.at(-1)
    assert.deepInclude(last, { pid: child.pid, reason: "stopped", rapid: false })
  })
})
