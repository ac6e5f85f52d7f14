/** `search`, `read` and `bug-report` on jobs of the past. */
import { ProjectId } from "@effect-oracle/core/domain/Ids"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { appendFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { insertAnswer, insertJob } from "../support/jobs.ts"
import { jsonOf, Sandbox } from "../support/oracle.ts"

const sandbox = new Sandbox()
const prompt = "Why does the Walrus cache lose its lease?\nSecond line of the question."
const markdown = "# Because\n\nThe **walrus** forgot \u001b[31mto renew\u001b[0m.\n"
let id: string

beforeAll(async () => {
  id = (await insertAnswer(sandbox, { markdown, prompt })).id
  await insertAnswer(sandbox, { markdown: "walrus elsewhere", part: { projectId: ProjectId.make("/elsewhere") } })
})
afterAll(() => sandbox.remove())

describe("oracle search", () => {
  it("finds words in prompts and answers of this project, in any case", async () => {
    const { matches, searched } = jsonOf(await sandbox.run(["search", "WALRUS", "--json"]))
    assert.strictEqual(searched, 1)
    const places = matches.map((match: { readonly in: string; readonly line: number }) => `${match.in}:${match.line}`)
    assert.deepStrictEqual(places, ["prompt:1", "answer:3"])
    const { stdout } = await sandbox.run(["search", "walrus", "renew"])
    assert.include(stdout, id)
    assert.notInclude(stdout, "\u001b")
    assert.notInclude(stdout, "prompt:")
  })

  it("looks into other projects when asked, and says that nothing was found", async () => {
    const everywhere = jsonOf(await sandbox.run(["search", "elsewhere", "--all-projects", "--json"]))
    assert.strictEqual(everywhere.matches.length, 1)
    const none = await sandbox.run(["search", "elsewhere"])
    assert.deepStrictEqual([none.code, none.stdout], [0, ""])
    assert.include(none.stderr, "0 lines found in 1 job")
  })
})

describe("oracle read", () => {
  it("prints Markdown, plain text or JSON as asked, without what a terminal would obey", async () => {
    const raw = await sandbox.run(["read", id])
    assert.strictEqual(raw.stdout, "# Because\n\nThe **walrus** forgot to renew.\n")
    assert.strictEqual((await sandbox.run(["read", id, "--format", "markdown"])).stdout, raw.stdout)
    assert.include((await sandbox.run(["read", id, "--format", "text"])).stdout, "walrus")
    assert.strictEqual(jsonOf(await sandbox.run(["read", id, "--format", "json"])).answer.markdown, markdown)
  })

  it("of a job that left no answer says how it ended, and exits as wait does", async () => {
    const { id } = await insertJob(sandbox, { status: "cancelled", phase: "cancelled" })
    const { code, stderr, stdout } = await sandbox.run(["read", id])
    assert.deepStrictEqual([code, stdout], [7, ""])
    assert.match(stderr, /^error: the job was cancelled\nnext: {2}submit again/)
    const resumed = await sandbox.run(["resume", id])
    assert.match(resumed.stderr, /^next: {2}submit again/m)
  })

  it("prints nothing but the answer with --quiet", async () => {
    const { stderr, stdout } = await sandbox.run(["--quiet", "read", id])
    assert.strictEqual(stderr, "")
    assert.match(stdout, /^# Because/)
    const failed = await sandbox.run(["read", "nope", "--quiet"])
    assert.match(failed.stderr, /^error: /)
  })
})

describe("oracle bug-report", () => {
  it("holds the history of the job and none of its texts, secrets, cookies or names", async () => {
    const logs = join(sandbox.state, "jobs", `oracle-${id}`, "logs")
    const token = ["ghp_", "0123456789abcdefghijABCDEFGHIJ012345"].join("")
    const planted = [
      "2026-03-01T10:00:00.000Z phase    waiting for the answer",
      `Why does the Walrus cache lose its lease? ${token}`,
      "Set-Cookie: __Secure-session=s3cr3tvalue; Path=/",
      "cookie oai-did=q8Zx71mNvB4cD0sT6w9fJ2kL",
      "GET https://chatgpt.com/backend-api/conversation/abc?token=zzz for robin@corp.example",
      `${sandbox.home}/private/notes.md`,
      "the walrus forgot to renew."
    ]
    appendFileSync(join(logs, "worker.log"), `${planted.join("\n")}\n`)
    writeFileSync(join(sandbox.state, "host.log"), `level=ERROR message="cannot use ${token}"\n`)
    sandbox.config({ browser: { proxy: "http://user:hunter2@proxy.example:3128" } })
    const { code, stderr, stdout } = await sandbox.run(["bug-report", id])
    assert.strictEqual(code, 0, stderr)
    assert.include(stdout, id)
    assert.include(stdout, "waiting for the answer")
    assert.include(stdout, "browser.proxy")
    const secrets = [
      token,
      "Walrus",
      "walrus",
      "Second line",
      "s3cr3tvalue",
      "q8Zx71mN",
      "zzz",
      "abc?",
      "robin@",
      "corp.example",
      "hunter2",
      sandbox.home
    ]
    for (const secret of secrets) assert.notInclude(stdout, secret)
    assert.include(jsonOf(await sandbox.run(["bug-report", "--json"])).report, "# Oracle")
  })
})

describe("colours", () => {
  it("are left out with --no-color, and never asked of a pipe", async () => {
    const { stderr, stdout } = await sandbox.run(["--no-color", "doctor"])
    assert.notInclude(stdout + stderr, "\u001b")
  })
})
