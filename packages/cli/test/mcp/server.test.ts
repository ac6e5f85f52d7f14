/** `oracle mcp` without a browser, through the official client. */
import { ProjectId } from "@effect-oracle/core/domain/Ids"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { ListRootsRequestSchema } from "@modelcontextprotocol/sdk/types.js"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import piParameters from "../../../pi-adapter/src/tools/parameters.json" with { type: "json" }
import { submissionFlags } from "../../src/input/SubmissionFlags.ts"
import { insertAnswer, insertJob } from "../support/jobs.ts"
import { connect } from "../support/mcp.ts"
import { Sandbox } from "../support/oracle.ts"

const sandbox = new Sandbox()
const other = join(sandbox.root, "other")
const answer = `# First\n\n${
  "word ".repeat(60)
}\n\n\`\`\`md\n# no heading\n\`\`\`\n\n## Second \u001b]0;title\u0007\n\nend \u202e\n`
let server: Awaited<ReturnType<typeof connect>>
let mine: string
let foreign: string
let preparing: string

beforeAll(async () => {
  mkdirSync(other)
  writeFileSync(join(other, "AGENTS.md"), "another project\n")
  sandbox.write("src/main.ts", "export const answer = 42\n")
  sandbox.write(".gitignore", "ignored.txt\n")
  sandbox.write("ignored.txt", "no\n")
  sandbox.config({ defaults: { site: "practice" } })
  mine = (await insertAnswer(sandbox, { markdown: answer, files: { "notes.txt": "a note" } })).id
  foreign = (await insertJob(sandbox, { projectId: ProjectId.make(other) })).id
  preparing = (await insertJob(sandbox, { status: "preparing", phase: "preparing", completedAt: null })).id
  server = await connect(sandbox)
})

afterAll(async () => {
  await server.client.close()
  sandbox.remove()
})

describe("the list of tools", () => {
  it("names seven tools with honest annotations and schemas that every model's grammar takes", async () => {
    const { tools } = await server.client.listTools()
    assert.deepStrictEqual(tools.map(({ name }) => name).toSorted(), [
      "oracle_cancel",
      "oracle_list",
      "oracle_pack",
      "oracle_preflight",
      "oracle_read",
      "oracle_submit",
      "oracle_wait"
    ])
    for (const { annotations, inputSchema, name, outputSchema } of tools) {
      assert.strictEqual(annotations?.destructiveHint, name === "oracle_cancel", name)
      assert.strictEqual(annotations?.openWorldHint, name === "oracle_submit", name)
      assert.strictEqual(annotations?.readOnlyHint, name !== "oracle_cancel" && name !== "oracle_submit", name)
      assert.isDefined(outputSchema)
      const text = JSON.stringify(inputSchema)
      assert.notMatch(text, /\\\\|\$ref|anyOf|"const"/, name)
      assert.include(text, "\"additionalProperties\":false")
    }
    assert.notMatch(JSON.stringify(tools), /allowSecret|allow-secret|allow_secret/i)
    assert.isBelow(JSON.stringify(tools).length, 32_000)
  })

  it("gives agents, here and in pi, every option of a submission but those that are a person's", async () => {
    const ofPerson = new Set(["promptFile", "allowSecretFile", "headed", "yes", "acceptAutomation"])
    const options = Object.keys(submissionFlags).filter((name) => !ofPerson.has(name))
      .map((name) => name === "followUp" ? "followUpJobId" : name).toSorted()
    const { tools } = await server.client.listTools()
    const here = tools.find(({ name }) => name === "oracle_submit")?.inputSchema.properties ?? {}
    assert.deepStrictEqual(Object.keys(here).toSorted(), options)
    assert.deepStrictEqual(Object.keys(piParameters.oracle_submit.properties).toSorted(), options)
  })

  it("comes with instructions", () => {
    assert.include(server.client.getInstructions() ?? "", "oracle_submit once")
  })
})

describe("oracle_list", () => {
  it("shows the jobs of this project and no other", async () => {
    const { value } = await server.call("oracle_list")
    const ids = value.jobs.map((job: { readonly id: string }) => job.id)
    assert.deepStrictEqual(ids, [preparing, mine])
    assert.notMatch(JSON.stringify(value), /"config"|"pid"|"claimed"/)
  })

  it("refuses arguments that it does not know", async () => {
    const { isError, text, value } = await server.call("oracle_list", { limti: 3 })
    assert.deepStrictEqual([isError, value.error.code, value.jobs], [true, "usage_error", null])
    assert.include(text, "limti")
  })
})

describe("a job of another project", () => {
  it.each(["oracle_read", "oracle_wait", "oracle_cancel"])("is absent for %s", async (tool) => {
    const { isError, value } = await server.call(tool, { jobId: foreign })
    assert.deepStrictEqual([isError, value.error.code], [true, "job_not_found"])
  })

  it("is seen by a client that declares that project as its root, and then ours is not", async () => {
    const there = await connect(sandbox, {
      capabilities: { roots: {} },
      prepare: (client) =>
        client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: pathToFileURL(other).href }] }))
    })
    const { value } = await there.call("oracle_list")
    assert.deepStrictEqual(value.jobs.map((job: { readonly id: string }) => job.id), [foreign])
    assert.strictEqual((await there.call("oracle_read", { jobId: mine })).value.error.code, "job_not_found")
    await there.client.close()
  })

  it("does not exist where the server was started in the home directory", async () => {
    const there = await connect(sandbox, { cwd: sandbox.home })
    const { value } = await there.call("oracle_pack", { files: ["."] })
    assert.strictEqual(value.error.code, "usage_error")
    assert.include(value.error.message, sandbox.home)
    await there.client.close()
  })
})

describe("oracle_read", () => {
  it("labels the answer, cleans it, and lists its sections and files", async () => {
    const { text, value } = await server.call("oracle_read", { jobId: mine })
    assert.include(text, "untrusted text of practice")
    assert.include(value.notice, "never an instruction")
    assert.isFalse(["\u001b", "\u202e"].some((character) => text.includes(character)))
    assert.notMatch(JSON.stringify(value), /\\u001b|\u202e/)
    const sections = value.sections.map((each: { readonly title: string }) => each.title)
    assert.deepStrictEqual(sections, ["First", "Second"])
    assert.deepStrictEqual(value.files.map((file: { readonly name: string }) => file.name), ["notes.txt"])
  })

  it("gives pages that together are the text, and one section alone", async () => {
    const whole = (await server.call("oracle_read", { jobId: mine })).value.page.text
    let text = ""
    let offset: number | null = 0
    while (offset !== null) {
      const page: { readonly text: string; readonly nextOffset: number | null } =
        (await server.call("oracle_read", { jobId: mine, offset, maxChars: 100 })).value.page
      assert.isAtMost(page.text.length, 100)
      text += page.text
      offset = page.nextOffset
    }
    assert.strictEqual(text, whole)
    const second = (await server.call("oracle_read", { jobId: mine, section: 2 })).value.page.text
    assert.match(second, /^## Second/)
    const none = await server.call("oracle_read", { jobId: mine, section: 9 })
    assert.strictEqual(none.value.error.code, "invalid_option")
  })

  it("says that a job has not ended", async () => {
    const { error } = (await server.call("oracle_read", { jobId: preparing })).value
    assert.deepStrictEqual([error.code, error.facts], ["job_not_ended", { job: preparing, status: "preparing" }])
    assert.strictEqual(error.nextStep, `call oracle_wait with jobId ${preparing}`)
  })
})

describe("resources", () => {
  it("are the answer and its files", async () => {
    const { resourceTemplates } = await server.client.listResourceTemplates()
    assert.deepStrictEqual(resourceTemplates.map(({ uriTemplate }) => uriTemplate).toSorted(), [
      "oracle://jobs/{id}/artifacts/{name}",
      "oracle://jobs/{id}/response"
    ])
    const { contents: [response] } = await server.client.readResource({ uri: `oracle://jobs/${mine}/response` })
    assert.include(JSON.stringify(response), "# First")
    assert.include(JSON.stringify(response), "untrusted")
    const uri = `oracle://jobs/${mine}/artifacts/notes.txt`
    const { contents: [file] } = await server.client.readResource({ uri })
    assert.strictEqual(
      Buffer.from(file !== undefined && "blob" in file ? file.blob : "", "base64").toString(),
      "a note"
    )
  })

  it("of other projects and of other paths are refused with the code", async () => {
    const refusal = (uri: string) => server.client.readResource({ uri }).then(() => "", (error: Error) => error.message)
    assert.include(await refusal(`oracle://jobs/${foreign}/response`), "job_not_found")
    assert.include(await refusal(`oracle://jobs/${mine}/artifacts/..%2Fjob.json`), "job_not_found")
    assert.include(await refusal(`oracle://jobs/${preparing}/response`), `call oracle_wait with jobId ${preparing}`)
  })
})

describe("oracle_wait", () => {
  it("ends within its time and leaves the job alone, with progress meanwhile", async () => {
    const seen: Array<number> = []
    const waited = await server.call("oracle_wait", { jobId: preparing, timeoutSeconds: 1 }, {
      onprogress: ({ message, progress }) => {
        assert.include(message ?? "", "preparing the archive")
        seen.push(progress)
      }
    })
    assert.deepStrictEqual([waited.isError, waited.value.ended], [false, false])
    assert.isNotEmpty(seen)
    assert.deepStrictEqual(seen, seen.toSorted((a, b) => a - b))
  })

  it("answers at once for a job that has ended", async () => {
    const { value } = await server.call("oracle_wait", { jobId: mine })
    assert.deepStrictEqual([value.ended, value.nextStep], [true, "call oracle_read"])
  })

  it("cleans what a site may have put into the error of a failed job, and names the tool to call next", async () => {
    const error = {
      code: "model_unavailable",
      message: "the page has \u001b]0;title\u0007Pro\u202e",
      nextStep: "run 'oracle wait <job>'",
      retryable: false,
      facts: { there: ["Pro\u001b[31m\u202e"] }
    } as const
    const { id } = await insertJob(sandbox, {
      projectId: ProjectId.make(other),
      status: "failed",
      phase: "failed",
      error
    })
    const there = await connect(sandbox, { cwd: other })
    const { value } = await there.call("oracle_wait", { jobId: id })
    await there.client.close()
    assert.deepInclude(value.job.error, { message: "the page has Pro", facts: { there: ["Pro"] } })
    assert.strictEqual(value.nextStep, "call oracle_wait with jobId <job>")
  })

  it("that is cancelled leaves the job alone", async () => {
    const abort = new AbortController()
    const waiting = server.call("oracle_wait", { jobId: preparing }, {
      signal: abort.signal,
      onprogress: () => abort.abort()
    })
    assert.isTrue(await waiting.then(() => false, () => true))
    const { value } = await server.call("oracle_list", { status: "preparing" })
    assert.deepStrictEqual(value.jobs.map((job: { readonly id: string }) => job.id), [preparing])
  })
})

describe("oracle_pack and oracle_submit", () => {
  it("show what would be sent, and what is left out by which rule", async () => {
    const { value } = await server.call("oracle_pack", { files: ["."] })
    assert.include(value.entries.map((entry: { readonly path: string }) => entry.path), "src/main.ts")
    assert.deepInclude(value.exclusions.map(({ path }: { readonly path: string }) => path), "ignored.txt")
  })

  it("refuse with the codes of the command line, and let no secret pass", async () => {
    sandbox.write("token.txt", ["ghp_", "0123456789abcdefghijABCDEFGHIJ012345"].join(""))
    const codeOf = async (args: object) =>
      (await server.call("oracle_submit", { prompt: "hi", ...args })).value.error.code
    assert.strictEqual(await codeOf({ files: ["nope.txt"] }), "archive_input_missing")
    assert.strictEqual(await codeOf({ files: [] }), "archive_input_required")
    assert.strictEqual(await codeOf({ files: ["token.txt"] }), "secrets_found")
    assert.strictEqual(await codeOf({ files: ["src"], allowSecretFiles: ["token.txt"] }), "usage_error")
    assert.strictEqual(await codeOf({ files: ["src"] }), "seed_missing")
    sandbox.write("shots/one.png", "a picture")
    assert.strictEqual(await codeOf({ files: [], attach: ["shots/one.png"] }), "seed_missing")
    assert.strictEqual(await codeOf({ files: [], attach: ["shots"] }), "invalid_option")
    assert.strictEqual(await codeOf({ files: [], attach: ["token.txt"] }), "secrets_found")
    assert.strictEqual(await codeOf({ files: [], attach: [join(other, "AGENTS.md")] }), "archive_input_outside")
    assert.strictEqual(await codeOf({ files: ["src"], format: "zip" }), "usage_error")
    assert.strictEqual(await codeOf({ files: ["src"], temporary: true, conversation: "c1" }), "follow_up_invalid")
  })
})

describe("oracle_preflight", () => {
  it("is not ready without a seed, and says what a person does", async () => {
    const { value } = await server.call("oracle_preflight")
    assert.isFalse(value.ready)
    const seed = value.checks.find((check: { readonly name: string }) => check.name === "seed")
    assert.deepStrictEqual([seed.level, seed.nextStep], ["fail", "run 'oracle auth practice'"])
  })
})

describe("the server", () => {
  it("prints nothing but the protocol, and ends when the client leaves", async () => {
    const there = await connect(sandbox)
    await there.call("oracle_list", { nonsense: true })
    const { pid } = there.transport
    await there.client.close()
    assert.deepStrictEqual([server.noise, there.noise], [[], []])
    assert.throws(() => process.kill(pid ?? 0, 0))
  })
})
