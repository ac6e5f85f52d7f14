/** The extension in the real pi, with a scripted model, the practice site and a real Chromium. */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { textOf } from "./support/MockModel.ts"
import { Rpc, type RpcEvent } from "./support/Rpc.ts"
import { has } from "./support/Sandbox.ts"
import { Tui } from "./support/Tui.ts"
import { say, World } from "./support/World.ts"

let world: World

beforeAll(async () => {
  world = await World.start()
  await world.signIn()
})
afterAll(() => world.close())

const ended = (tool: string) => (event: RpcEvent) => event.type === "tool_execution_end" && event["toolName"] === tool

/** Text and facts of a tool's result. */
const resultOf = (event: RpcEvent) => {
  const { content, details } = event["result"] as {
    readonly content: ReadonlyArray<{ readonly text: string }>
    readonly details: Record<string, unknown> & { readonly job?: { readonly id: string; readonly status: string } }
  }
  return { text: content.map(({ text }) => text).join("\n"), details, isError: event["isError"] === true }
}

/** Has the model call a tool, and gives the result once the agent has settled. */
const call = async (rpc: Rpc, tool: string, args: Readonly<Record<string, unknown>>) => {
  const after = rpc.events.length
  await rpc.prompt(say(tool, args))
  return resultOf(await rpc.until(ended(tool), after))
}

const jobOf = (result: Awaited<ReturnType<typeof call>>): string => {
  assert.isFalse(result.isError, result.text)
  return result.details.job?.id ?? assert.fail(result.text)
}

/** The result of the reading that a reminder leads to, once the agent has settled again. */
const reminded = async (rpc: Rpc, job: string, after: number) => {
  const read = await rpc.until((event) => ended("oracle_read")(event) && resultOf(event).details.job?.id === job, after)
  await rpc.until(({ type }) => type === "agent_settled", rpc.events.indexOf(read))
  return resultOf(read)
}

const remindersOf = (job: string) =>
  world.sandbox.entries().filter(({ customType, details }) => customType === "oracle-reminder" && details?.job === job)

/** The record as it stands in the job's folder. */
const storedJob = (job: string) => {
  const text = readFileSync(join(world.sandbox.state, "jobs", `oracle-${job}`, "job.json"), "utf8")
  return JSON.parse(text).record
}

const recordOf = async (job: string) => JSON.parse((await world.sandbox.oracle("status", job, "--json")).stdout).job

describe("a session of pi", () => {
  it(
    "asks, goes on, is woken once with the way to the answer, reads it as untrusted, and follows up",
    { timeout: 90_000 },
    async () => {
      const rpc = new Rpc(world.sandbox)
      world.sandbox.write("shots/a shot.png", "a picture")
      const ready = await call(rpc, "oracle_preflight", { files: ["src"], attach: ["shots/a shot.png"] })
      assert.match(ready.text, /^ready: yes; practice, account default/)
      assert.include(ready.text, "files: 1 file, 25 B")
      assert.include(ready.text, "as it is: shots/a shot.png (9 B)")
      const from = rpc.events.length
      const first = jobOf(
        await call(rpc, "oracle_submit", {
          prompt: "What is here?",
          files: ["src"],
          attach: ["shots/a shot.png"],
          format: "tar.gz",
          preset: "current"
        })
      )
      const read = await reminded(rpc, first, from)
      assert.match(read.text, /untrusted text of practice[^]*<<<answer (\w+)\n# What arrived[^]*\nanswer \1>>>/)
      assert.strictEqual(remindersOf(first).length, 1)
      const reminder = String(remindersOf(first)[0]?.content)
      assert.include(reminder, `oracle_read with jobId "${first}"`)
      assert.notInclude(reminder, "What arrived")
      assert.isTrue(rpc.requests("setStatus").some(({ statusText }) => statusText === "oracle: 1 job runs"))
      assert.isTrue(rpc.requests("setWidget").some((event) => JSON.stringify(event).includes("oracle · practice")))
      assert.isUndefined(rpc.requests("setStatus").at(-1)?.["statusText"])
      const again = rpc.events.length
      const next = jobOf(
        await call(rpc, "oracle_submit", {
          prompt: "And now?",
          files: ["src"],
          followUpJobId: first,
          preset: "current"
        })
      )
      await rpc.prompt("think 12000")
      await reminded(rpc, next, again)
      assert.deepStrictEqual([remindersOf(next).length, storedJob(next).wakeUp.attemptCount], [1, 1])
      const sends = world.site.admin.log("send").filter(({ detail }) => detail["prompt"] === "What is here?")
      const names = sends.map(({ detail }) => detail["attachmentNames"])
      assert.deepStrictEqual(names, [[`context-${first}.tar.gz`, "a shot.png"]])
      const { wakeUp } = storedJob(first)
      assert.deepStrictEqual([wakeUp.attemptCount, wakeUp.claimed, wakeUp.settled.source], [1, null, "oracle_read"])
      assert.strictEqual(wakeUp.settled.sessionKey, wakeUp.notified.sessionKey)
      const [one, two] = [await recordOf(first), await recordOf(next)]
      assert.strictEqual(two.conversationId, one.conversationId)
      assert.deepStrictEqual([world.sends("What is here?"), world.sends("And now?")], [1, 1])
      const elsewhere = join(world.sandbox.root, "elsewhere")
      mkdirSync(elsewhere)
      const strange = await world.sandbox.run(["--mode", "json", say("oracle_read", { jobId: first })], elsewhere)
      assert.include(strange.stdout, `job_not_found: there is no job '${first}' in this project`)
      const status = rpc.events.length
      await rpc.send({ type: "prompt", message: `/oracle-read ${next}` })
      await rpc.until((event) => JSON.stringify(event).includes("oracle-command"), status)
      await rpc.send({ type: "prompt", message: `/oracle-clean ${first}` })
      const kept = await rpc.until((event) => event["method"] === "notify" && event["notifyType"] === "error", status)
      assert.match(String(kept["message"]), /clean_postponed.*a wake-up was just sent/)
      assert.deepStrictEqual([await rpc.close(), rpc.stderr], [0, ""])
    }
  )

  it(
    "cancels without being woken for it, queues, and gives its jobs back to itself after a new session and a crash",
    { timeout: 120_000 },
    async () => {
      const slow = { behaviour: { thinkingMs: 4000 } }
      world.site.admin.setScenario("slow", { promptIncludes: "for long", behaviour: { thinkingMs: 60_000 } })
      world.site.admin.setScenario("slow", { promptIncludes: "for a while", ...slow })
      const rpc = new Rpc(world.sandbox)
      const submit = (prompt: string) =>
        call(rpc, "oracle_submit", { prompt, files: ["src"], preset: "current" }).then(jobOf)
      const cancelled = await submit("think for long, one")
      const other = await submit("think for long, two")
      const queued = await call(rpc, "oracle_submit", { prompt: "the third", files: ["src"], preset: "current" })
      assert.match(queued.text, /is queued on practice/)
      for (const job of [jobOf(queued), other, cancelled]) {
        assert.match((await call(rpc, "oracle_cancel", { jobId: job })).text, /is cancelled/)
      }
      assert.strictEqual(world.sends("the third"), 0)
      const away = await submit("think for a while")
      const { data } = await rpc.send({ type: "get_state" }) as { readonly data?: { readonly sessionFile?: string } }
      const file = data?.sessionFile ?? assert.fail("no session file")
      await rpc.send({ type: "new_session" })
      assert.strictEqual((await world.sandbox.oracle("wait", away, "--json")).code, 0)
      await rpc.prompt("hello")
      assert.deepStrictEqual(remindersOf(away), [])
      const back = rpc.events.length
      await rpc.send({ type: "switch_session", sessionPath: file })
      await reminded(rpc, away, back)
      const crashed = await submit("think for a while longer")
      rpc.child.kill("SIGKILL")
      await rpc.ended
      const revived = new Rpc(world.sandbox, ["--session", file])
      await reminded(revived, crashed, 0)
      for (const job of [cancelled, other, jobOf(queued)]) assert.deepStrictEqual(remindersOf(job), [])
      for (const job of [away, crashed]) assert.strictEqual(remindersOf(job).length, 1)
      assert.strictEqual(await revived.close(), 0)
    }
  )
})

describe("a run of pi that ends with its answer", () => {
  const ask = (prompt: string) => say("oracle_submit", { prompt, files: ["src"], preset: "current" })

  it("waits for the oracle, is reminded and goes on, in print and in JSON mode", { timeout: 60_000 }, async () => {
    const [print, json] = await Promise.all([
      world.sandbox.run(["-p", ask("printed")]),
      world.sandbox.run(["--mode", "json", ask("as JSON")])
    ])
    assert.deepStrictEqual([print.code, json.code], [0, 0], print.stderr + json.stderr)
    assert.strictEqual(print.stdout.trim(), "done")
    assert.include(print.stderr, "oracle: waiting for the oracle")
    const events = json.stdout.trim().split("\n").map((line): RpcEvent => JSON.parse(line))
    const read = events.find(ended("oracle_read")) ?? assert.fail(json.stdout.slice(-2000))
    assert.include(resultOf(read).text, "# What arrived")
    const requests = world.model.requests.filter(({ messages }) =>
      textOf(messages[1] ?? { role: "", content: "" }).includes("printed")
    )
    assert.isTrue(requests.some(({ messages }) => messages.some((message) => textOf(message).startsWith("Oracle job"))))
    assert.deepStrictEqual([world.sends("printed"), world.sends("as JSON")], [1, 1])
  })

  it("says where the result will be when it is not to wait", { timeout: 60_000 }, async () => {
    world.sandbox.write("shots/another.png", "a picture")
    const alone = { prompt: "not waited for", files: [], attach: ["shots/another.png"], temporary: true }
    const run = await world.sandbox.run(["-p", "--oracle-hold-minutes", "0", say("oracle_submit", alone)])
    assert.strictEqual(run.code, 0)
    const id = /job (\S+) goes on without this run; 'oracle wait \1'/.exec(run.stderr)?.[1] ?? assert.fail(run.stderr)
    const { attachments, temporary } = storedJob(id)
    assert.deepStrictEqual([attachments.files[0].name, temporary], ["another.png", true])
    assert.strictEqual((await world.sandbox.oracle("cancel", id, "--json")).code, 0)
  })
})

const count = (screen: string, text: string) => screen.split(text).length - 1

/** Skipped, and counted, where there is no tmux. */
describe("pi in a terminal", () => {
  it.skipIf(!has("tmux"))(
    "asks the person before anything leaves, shows the job while it runs, and reminds once, also after a reload",
    { timeout: 120_000 },
    async () => {
      const { sandbox, site } = world
      site.admin.setScenario("slow", { promptIncludes: "for a while", behaviour: { thinkingMs: 6000 } })
      const tui = new Tui(sandbox)
      try {
        await tui.until(/mock-model/)
        await tui.enter(say("oracle_submit", { prompt: "not this one", files: ["src"], preset: "current" }))
        const asked = await tui.until(/Send this to practice, account default\?[^]*Yes/)
        assert.include(asked, "largest: src/main.ts (25 B)")
        tui.press("Escape")
        await tui.until(/submission_declined: nothing was sent/)
        assert.strictEqual(world.sends("not this one"), 0)
        await tui.enter(say("oracle_submit", { prompt: "think for a while", files: ["src"], preset: "current" }))
        await tui.until(/Send this to/)
        tui.press("Enter")
        await tui.until(/oracle: 1 job runs/)
        const running = await tui.until(/started [0-9a-f-]{36} on practice[^]*\n +done/)
        assert.match(running, /oracle submit · “think for a while” · src/)
        assert.match(running, /oracle · practice [0-9a-f]{12} · .* · \d+s/)
        tui.type("half a thought")
        await tui.until(/has ended: complete/)
        const woken = await tui.until(/oracle read · [0-9a-f-]{36}\s+\S+: complete, [\d,]+ characters[^]*\n +done/)
        assert.strictEqual(count(woken, "has ended: complete"), 1)
        assert.notInclude(woken, "oracle: 1 job runs")
        assert.notInclude(woken, "untrusted")
        assert.include(woken, "half a thought")
        tui.press("C-o")
        await tui.until(/answer [0-9a-f]{12}>>>/)
        tui.press("C-o")
        for (let key = 0; key < "half a thought".length; key++) tui.press("BSpace")
        await tui.enter("/reload")
        await tui.until(/Reloaded/)
        await tui.enter("/oracle-status")
        await tui.until(/\(this session\) +complete/)
        assert.strictEqual(count(tui.screen(), "has ended: complete"), 1)
        const adopted = sandbox.entries().filter(({ content }) => String(content).includes("of an earlier session"))
        assert.strictEqual(adopted.length, 1)
      } finally {
        tui.close()
      }
    }
  )
})
