/** The commands on jobs, against the practice site in a real Chromium. */
import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type Ended, jsonOf, Sandbox } from "../support/oracle.ts"
import { processesOf, remainingProcesses } from "../support/processes.ts"

const sandbox = new Sandbox()
let site: PracticeSite

/** The npm Chromium is unpacked once per machine, not once per test. */
const env = { XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache") }
const oracle = (...args: ReadonlyArray<string>): Promise<Ended> => sandbox.run(args, { env })

beforeAll(async () => {
  site = await start({})
  sandbox.write("src/main.ts", "export const answer = 42\n")
  sandbox.write("src/.env", "KEY=\n")
  sandbox.config({
    defaults: { site: "practice" },
    sites: { practice: { baseUrl: site.url } },
    host: { idleMs: 1000 }
  })
  const file = join(sandbox.root, "state.json")
  writeFileSync(file, JSON.stringify(site.admin.storageState()), { mode: 0o600 })
  const ended = await oracle("auth", "practice", "--state-file", file)
  assert.strictEqual(ended.code, 0, ended.stderr)
  assert.match(ended.stdout, /^signed in to practice as r\*+@example\.com$/m)
})

afterAll(async () => {
  await oracle("host", "stop", "--force")
  await site.close()
  sandbox.remove()
})

const sendsWith = (text: string) =>
  site.admin.log("send").filter(({ detail }) => String(detail["prompt"]).includes(text))

/** Browsers that run now; the helpers of a browser carry `--type`. */
const browsersOf = (state: string): number =>
  processesOf(`--user-data-dir=${state}`).filter((line) => !line.includes("--type=")).length

describe("oracle ask", () => {
  it(
    "prints the answer on standard output, and progress and places on standard error",
    { timeout: 60_000 },
    async () => {
      const { code, stderr, stdout } = await oracle("ask", "-p", "What is in these files?", "--files", "src")
      assert.strictEqual(code, 0, stderr)
      assert.match(stdout, /^# What arrived\n/)
      assert.include(stdout, "```ts\nexport const claim")
      assert.include(stderr, "1 file, 25 B before compression")
      assert.match(stderr, /LEFT OUT +BECAUSE OF\n +src\/\.env +built-in: /)
      assert.match(stderr, /^conversation: http:\/\/127\.0\.0\.1:\d+\/c\/\S+$/m)
      assert.isBelow(stderr.indexOf("conversation:"), stderr.indexOf("response.md"))
      const file = /\S+response\.md/.exec(stderr)?.[0] ?? ""
      assert.strictEqual(`${readFileSync(file, "utf8").trimEnd()}\n`, `${stdout.trimEnd()}\n`)
      assert.strictEqual(sendsWith("What is in these files?").length, 1)
    }
  )

  it("ends at Ctrl-C while its job goes on, and a second one runs meanwhile", { timeout: 90_000 }, async () => {
    site.admin.setScenario("slow", { promptIncludes: "take your time", behaviour: { thinkingMs: 9000 } })
    const first = sandbox.start(["ask", "-p", "take your time", "--files", "src"], { env })
    await site.admin.waitFor("answer-started", { n: 1, after: site.admin.log().length })
    const second = oracle("ask", "-p", "And this one?", "--files", "src", "--json")
    first.child.kill("SIGINT")
    const interrupted = await first.ended
    assert.strictEqual(interrupted.code, 130)
    assert.strictEqual(interrupted.stdout, "")
    const id = /oracle wait (\S+)/.exec(interrupted.stderr)?.[1] ?? ""
    assert.include(interrupted.stderr, `oracle cancel ${id}`)
    const { answer, error } = jsonOf(await second)
    assert.deepStrictEqual([error, typeof answer.markdown], [null, "string"])
    const waited = await oracle("wait", id, "--json")
    assert.strictEqual(waited.code, 0, waited.stdout)
    assert.strictEqual(jsonOf(waited).job.status, "complete")
    assert.strictEqual(sendsWith("take your time").length, 1)
  })

  it("goes on when its host is killed", { timeout: 90_000 }, async () => {
    site.admin.setScenario("slow", { promptIncludes: "survive", behaviour: { thinkingMs: 6000 } })
    const asked = sandbox.start(["ask", "-p", "survive", "--files", "src", "--json"], { env })
    await site.admin.waitFor("answer-started", { n: 1, after: site.admin.log().length })
    const { pid } = jsonOf(await oracle("host", "status", "--json"))
    process.kill(pid, "SIGKILL")
    const ended = await asked.ended
    assert.strictEqual(ended.code, 0, ended.stdout)
    assert.notStrictEqual(jsonOf(await oracle("host", "status", "--json")).pid, pid)
    assert.strictEqual(sendsWith("survive").length, 1)
  })

  it("saves the files of the answer and names them", { timeout: 60_000 }, async () => {
    site.admin.setScenario("files", { promptIncludes: "with files" })
    const { answer, error } = jsonOf(await oracle("ask", "-p", "answer with files", "--files", "src", "--json"))
    assert.isNull(error)
    assert.isNotEmpty(answer.files)
    for (const file of answer.files) assert.strictEqual(readFileSync(file.path).byteLength, file.bytes)
  })

  it("reports a turn that failed as the site's, with the exit code of its class", { timeout: 90_000 }, async () => {
    site.admin.setScenario("failed-turn", { promptIncludes: "fail please" })
    const ended = await oracle("ask", "-p", "fail please", "--files", "src", "--json")
    const { error, job } = jsonOf(ended)
    assert.deepStrictEqual([ended.code, job.status, error.code], [6, "failed", "response_failed"])
    const again = jsonOf(await oracle("read", job.id, "--json"))
    assert.deepStrictEqual([again.answer.partial, again.error.code], [true, "response_failed"])
    const { events, pictures } = jsonOf(await oracle("logs", job.id, "--json"))
    assert.isNotEmpty(events)
    assert.includeMembers(pictures[0].files, ["observation.json", "page.txt", "screenshot.png"])
    assert.isTrue(existsSync(join(pictures[0].folder, "screenshot.png")))
    assert.include((await oracle("logs", job.id)).stderr, `diagnostics:  ${pictures[0].folder}`)
  })

  it("sends files as they are in a chat that the site does not keep", { timeout: 60_000 }, async () => {
    sandbox.write("shots/a shot.png", Buffer.from("89504e470d0a1a0a", "hex"))
    const ended = await oracle("ask", "-p", "keep nothing", "--attach", "shots/a shot.png", "--temporary", "--json")
    const { answer, error, job } = jsonOf(ended)
    assert.isNull(error)
    assert.include(ended.stderr, "as it is: shots/a shot.png (8 B)")
    assert.include(ended.stderr, "in a temporary chat")
    assert.include(answer.markdown, "# What arrived")
    assert.deepStrictEqual(sendsWith("keep nothing").map(({ detail }) => detail["attachmentNames"]), [["a shot.png"]])
    assert.deepStrictEqual([job.temporary, job.conversationId, job.attachments.length], [true, null, 1])
    const follow = await oracle("submit", "-p", "and?", "--files", "src", "--follow-up", job.id, "--json")
    assert.deepStrictEqual([follow.code, jsonOf(follow).error.code], [2, "follow_up_invalid"])
    const remote = await oracle("clean", job.id, "--remote", "--yes", "--json")
    assert.deepStrictEqual([remote.code, jsonOf(remote).error.code], [2, "usage_error"])
    const folder = await oracle("submit", "-p", "and?", "--attach", "shots", "--json")
    assert.deepStrictEqual([folder.code, jsonOf(folder).error.code], [2, "invalid_option"])
  })
})

describe("oracle clean --remote", () => {
  const recordOf = (id: string) =>
    JSON.parse(readFileSync(join(sandbox.state, `jobs/oracle-${id}/job.json`), "utf8")).record

  /** Kills the command once its browser runs, in front of a conversation that does not load. */
  const killedIn = async (id: string) => {
    await sandbox.run(["host", "stop"], { env })
    site.admin.setScenario([], { behaviour: { conversationDelayMs: 60_000 } })
    const { child, ended } = sandbox.start(["clean", id, "--remote", "--yes"], { env })
    while (child.exitCode === null && (recordOf(id).runtime?.browser ?? null) === null) await sleep(50)
    child.kill("SIGKILL")
    const { stderr } = await ended
    assert.strictEqual(child.signalCode, "SIGKILL", stderr)
    site.admin.setScenario([])
  }

  it("deletes the conversation of a job on the site when it is told twice, also after a kill, and the job with it", {
    timeout: 90_000
  }, async () => {
    const { job } = jsonOf(await oracle("ask", "-p", "forget this", "--files", "src", "--json"))
    const asked = await oracle("clean", job.id, "--remote", "--json")
    assert.deepStrictEqual([asked.code, jsonOf(asked).error.code], [2, "usage_error"])
    assert.isDefined(site.admin.conversation(job.conversationId))
    await killedIn(job.id)
    assert.deepStrictEqual(await remainingProcesses(`--user-data-dir=${sandbox.state}`, 10_000), [])
    assert.strictEqual(readdirSync(join(sandbox.state, "runtimes")).length, 1)
    const next = jsonOf(await oracle("ask", "-p", "after the kill", "--files", "src", "--json"))
    assert.strictEqual(next.job.status, "complete")
    assert.deepStrictEqual(readdirSync(join(sandbox.state, "runtimes")), [])
    assert.deepStrictEqual([recordOf(job.id).runtime, recordOf(job.id).cleanup.pending], [null, false])
    const done = await oracle("clean", job.id, "--remote", "--yes", "--json")
    assert.deepStrictEqual([done.code, jsonOf(done).removed], [0, [job.id]], done.stderr)
    assert.isUndefined(site.admin.conversation(job.conversationId))
    assert.deepStrictEqual(jsonOf(await oracle("status", job.id, "--json")).error.code, "job_not_found")
    assert.deepStrictEqual(readdirSync(join(sandbox.state, "runtimes")), [])
  })
})

describe("oracle submit, status, wait and read", () => {
  it("hand a job over, look at it and come back to its answer", { timeout: 60_000 }, async () => {
    const submitted = await oracle("submit", "-p", "In the background", "--files", "src")
    assert.strictEqual(submitted.code, 0, submitted.stderr)
    assert.match(submitted.stdout, /^[0-9a-f-]{36}\n$/)
    const id = submitted.stdout.trim()
    assert.include((await oracle("status")).stdout, id)
    const early = await oracle("read", id, "--json")
    assert.deepStrictEqual([early.code, jsonOf(early).error.code], [5, "job_not_ended"])
    const short = await oracle("wait", id, "--timeout", "0.1", "--json")
    assert.deepStrictEqual([short.code, jsonOf(short).error.code], [8, "wait_timeout"])
    const waited = await oracle("wait", id.slice(-12), "--json")
    assert.strictEqual(waited.code, 0, waited.stdout)
    const read = await oracle("read", "--json")
    assert.deepStrictEqual(jsonOf(read).answer, jsonOf(waited).answer)
    const details = await oracle("status", id)
    assert.include(details.stdout, "complete")
    assert.include((await oracle("logs", id)).stdout, "confirmed")
  })

  it("follow up in the same conversation", { timeout: 90_000 }, async () => {
    const first = jsonOf(await oracle("ask", "-p", "Begin", "--files", "src", "--json")).job
    const next = jsonOf(await oracle("ask", "-p", "Go on", "--files", "src", "--follow-up", first.id, "--json"))
    assert.isNull(next.error)
    assert.strictEqual(next.job.conversationId, first.conversationId)
    assert.strictEqual(next.job.followUpToJobId, first.id)
    const turns = site.admin.conversation(first.conversationId)?.turns.map(({ prompt }) => prompt)
    assert.deepStrictEqual(turns, ["Begin", "Go on"])
  })
})

describe("the queue", () => {
  it("runs two jobs at once, holds the third back, and completes all", { timeout: 120_000 }, async () => {
    site.admin.setScenario("slow", { promptIncludes: "one of three", behaviour: { thinkingMs: 5000 } })
    const ids: Array<string> = []
    for (const n of [1, 2, 3]) {
      ids.push((await oracle("submit", "-p", `one of three: ${n}`, "--files", "src")).stdout.trim())
    }
    const browsers = new Set<number>()
    const look = setInterval(() => browsers.add(browsersOf(sandbox.state)), 500)
    const third = jsonOf(await oracle("status", ids[2] ?? "", "--json")).job
    const ended: Array<string> = []
    for (const id of ids) ended.push(jsonOf(await oracle("wait", id, "--json")).job.status)
    clearInterval(look)
    assert.strictEqual(third.status, "queued")
    assert.deepStrictEqual(ended, ["complete", "complete", "complete"])
    assert.strictEqual(Math.max(...browsers), 2)
    assert.strictEqual(sendsWith("one of three").length, 3)
  })
})

describe("oracle cancel", () => {
  it("ends a running job, says what was sent, and wait tells of it", { timeout: 60_000 }, async () => {
    site.admin.setScenario("slow", { promptIncludes: "cancel me", behaviour: { thinkingMs: 30_000 } })
    const seen = site.admin.log().length
    const id = (await oracle("submit", "-p", "cancel me", "--files", "src")).stdout.trim()
    await site.admin.waitFor("answer-started", { n: 1, after: seen })
    const ended = await oracle("cancel", id)
    assert.strictEqual(ended.code, 0, ended.stderr)
    assert.match(ended.stdout, /^cancelled; the prompt was sent before; the site may go on answering/)
    const waited = await oracle("wait", id, "--json")
    assert.deepStrictEqual([waited.code, jsonOf(waited).error.code], [7, "cancelled"])
    const again = await oracle("cancel", id, "--json")
    assert.strictEqual(again.code, 0, again.stdout)
  })
})

describe("oracle host", () => {
  it("refuses to be a second one", { timeout: 30_000 }, async () => {
    await oracle("submit", "-p", "keep a host", "--files", "src")
    const second = await oracle("host", "run", "--json")
    assert.strictEqual(jsonOf(second).end, "busy")
    await oracle("wait")
  })

  it("ends when asked and leaves nothing behind", { timeout: 30_000 }, async () => {
    await oracle("host", "stop")
    assert.isFalse(jsonOf(await oracle("host", "status", "--json")).running)
    assert.deepStrictEqual(await remainingProcesses(sandbox.state, 10_000), [])
    assert.deepStrictEqual(readdirSync(join(sandbox.state, "runtimes")), [])
    assert.isFalse(existsSync(join(sandbox.state, "host.json")))
  })
})
