/** A whole consultation over MCP: official client, real command, real Chromium, practice site. */
import { type PracticeSite, start } from "@effect-oracle/practice/PracticeSite"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js"
import { readFileSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { connect } from "../support/mcp.ts"
import { Sandbox } from "../support/oracle.ts"

const sandbox = new Sandbox()
const notices = join(sandbox.root, "notices")
const env = { XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache") }
let site: PracticeSite

beforeAll(async () => {
  site = await start({})
  sandbox.write("src/main.ts", "export const answer = 42\n")
  sandbox.write("shots/a shot.png", Buffer.from("89504e470d0a1a0a", "hex"))
  const tell = "require('fs').appendFileSync(process.argv[1], require('fs').readFileSync(0, 'utf8') + '\\n')"
  sandbox.config({
    defaults: { site: "practice" },
    sites: { practice: { baseUrl: site.url } },
    host: { idleMs: 1000 },
    submit: { confirm: "always" },
    notify: { command: [process.execPath, "-e", tell, notices] }
  })
  const file = join(sandbox.root, "state.json")
  writeFileSync(file, JSON.stringify(site.admin.storageState()), { mode: 0o600 })
  const ended = await sandbox.run(["auth", "practice", "--state-file", file], { env })
  assert.strictEqual(ended.code, 0, ended.stderr)
})

afterAll(async () => {
  await sandbox.run(["host", "stop", "--force"], { env })
  await site.close()
  sandbox.remove()
})

describe("oracle mcp", () => {
  it(
    "carries a question to its answer and files; ending a wait, and the client, leave the job alone",
    { timeout: 120_000 },
    async () => {
      site.admin.setScenario("files", { promptIncludes: "with files", behaviour: { thinkingMs: 3000 } })
      const questions: Array<string> = []
      let agree = false
      const first = await connect(sandbox, {
        env,
        capabilities: { elicitation: {} },
        prepare: (client) =>
          client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
            questions.push(params.message)
            return { action: "accept", content: { agree } }
          })
      })
      assert.isTrue((await first.call("oracle_preflight")).value.ready)
      const asked = { prompt: "Answer with files", files: ["src"], attach: ["shots/a shot.png"] }
      const refused = await first.call("oracle_submit", { ...asked, temporary: true })
      assert.strictEqual(refused.value.error.code, "submission_declined")
      assert.match(
        questions.join(),
        /17 characters, 1 file .* and as it is shots\/a shot\.png \(8 B\) to practice, in a temporary chat/
      )
      agree = true
      const stages: Array<string> = []
      const submitted = await first.call("oracle_submit", { ...asked, format: "tar.gz" }, {
        onprogress: ({ message }) => stages.push(message ?? "")
      })
      assert.isFalse(submitted.isError, submitted.text)
      const { attachments, temporary, totals } = submitted.value.sent
      assert.deepStrictEqual([totals.entries, temporary], [1, false])
      assert.deepStrictEqual(attachments, [{ path: "shots/a shot.png", bytes: 8 }])
      assert.isNotEmpty(stages)
      const jobId = submitted.value.job.id
      const abort = new AbortController()
      const waiting = first.call("oracle_wait", { jobId }, { signal: abort.signal, onprogress: () => abort.abort() })
      assert.isTrue(await waiting.then(() => false, () => true))
      await first.client.close()

      const { call, client, noise } = await connect(sandbox, { env })
      const mute = await call("oracle_submit", { prompt: "Nobody is asked", files: ["src"] })
      assert.strictEqual(mute.value.error.code, "submission_declined")
      let ended = false
      const seen: Array<string> = []
      while (!ended) {
        const waited = await call("oracle_wait", { jobId }, { onprogress: ({ message }) => seen.push(message ?? "") })
        assert.isFalse(waited.isError, waited.text)
        ended = waited.value.ended
      }
      assert.isNotEmpty(seen)
      const { text, value } = await call("oracle_read", { jobId })
      assert.deepStrictEqual([value.job.status, value.job.error], ["complete", null])
      assert.include(text, "untrusted text of practice")
      assert.isNotEmpty(value.page.text)
      for (const file of value.files) assert.strictEqual(readFileSync(file.path).byteLength, file.bytes)
      const uri = `oracle://jobs/${jobId}/artifacts/${encodeURIComponent(value.files[0].name)}`
      const { contents: [resource] } = await client.readResource({ uri })
      const blob = resource !== undefined && "blob" in resource ? resource.blob : ""
      assert.strictEqual(Buffer.from(blob, "base64").byteLength, value.files[0].bytes)
      const again = await call("oracle_cancel", { jobId })
      assert.strictEqual(again.value.job.status, "complete")
      const names = site.admin.log("send").map(({ detail }) => detail["attachmentNames"])
      assert.deepStrictEqual(names, [[`context-${jobId}.tar.gz`, "a shot.png"]])
      await client.close()
      assert.deepStrictEqual([first.noise, noise], [[], []])
      // A host ends after what it has to tell is told.
      await sandbox.run(["host", "stop"], { env })
      const notice = JSON.parse(readFileSync(notices, "utf8"))
      assert.deepInclude(notice, { event: "job_ended", job: jobId, status: "complete", requester: "mcp" })
    }
  )
})
