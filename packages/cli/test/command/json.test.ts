/** Every `--json` output against its schema: `Sandbox.run` checks each object, so running the commands is the test. */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { jsonDoc, jsonDocFile, jsonSchema, jsonSchemaFile } from "../../../../build/json-doc.ts"
import { outputs } from "../../src/view/Outputs.ts"
import { insertAnswer, insertJob } from "../support/jobs.ts"
import { jsonOf, Sandbox } from "../support/oracle.ts"
import { outputComplaint } from "../support/outputs.ts"

const sandbox = new Sandbox()
let answered: string
let failed: string
let preparing: string

beforeAll(async () => {
  sandbox.write("src/main.ts", "export const answer = 42\n")
  answered = (await insertAnswer(sandbox, { markdown: "# Yes\n", files: { "a.txt": "a" } })).id
  const error = { code: "page_unknown", message: "no composer", nextStep: "look", retryable: true } as const
  failed = (await insertJob(sandbox, { status: "failed", phase: "failed", error })).id
  preparing = (await insertJob(sandbox, { status: "preparing", phase: "preparing", completedAt: null })).id
})
afterAll(() => sandbox.remove())

/** Each command that needs no browser, in a way that succeeds and in one that does not. */
const lines: ReadonlyArray<readonly [line: string, exit: number, keys: ReadonlyArray<string>]> = [
  ["read <answered>", 0, ["job", "answer", "error"]],
  ["wait <failed>", 6, ["job", "answer", "error"]],
  ["read <failed>", 6, ["job", "answer", "error"]],
  ["ask -p x", 2, ["job", "answer", "error"]],
  ["submit -p x", 2, ["job", "error"]],
  ["cancel <answered>", 0, ["job", "error"]],
  ["resume nope", 4, ["job", "error"]],
  ["status", 0, ["jobs", "quarantined", "foreign", "error"]],
  ["status <failed>", 0, ["job", "directory", "error"]],
  ["logs <answered>", 0, ["job", "events", "workerLog", "diagnostics", "pictures", "error"]],
  ["search yes", 0, ["matches", "searched", "error"]],
  ["pack src", 0, ["root", "entries", "exclusions", "secrets", "totals", "error"]],
  ["auth practice --state-file nope.json", 2, ["error"]],
  ["auth status", 0, ["seeds", "error"]],
  ["auth rollback practice", 4, ["error"]],
  ["auth export practice -o x.json", 2, ["error"]],
  ["doctor", 3, ["ok", "checks", "error"]],
  ["bug-report", 0, ["report", "error"]],
  ["config show", 0, ["config", "origins", "files", "error"]],
  ["host stop", 0, ["stopped", "pid", "error"]],
  ["host install --print", 0, ["manager", "file", "content", "command", "installed", "enabled", "error"]],
  ["practice --scenario list", 0, ["scenarios", "error"]],
  ["clean <failed>", 0, ["removed", "refused", "quarantined", "error"]],
  ["clean", 2, ["removed", "refused", "quarantined", "error"]]
]

describe("--json", () => {
  it.each(lines)("prints an object of its schema: %s", async (line, exit, keys) => {
    const words = line.split(" ").map((word) => word === "<answered>" ? answered : word === "<failed>" ? failed : word)
    const ended = await sandbox.run([...words, "--json"])
    assert.strictEqual(ended.code, exit, `${ended.stdout}${ended.stderr}`)
    assert.deepStrictEqual(Object.keys(jsonOf(ended)).toSorted(), keys.toSorted())
  })

  it("is held against it: an object with a key too many, and one without an error, are complained of", () => {
    const good = { stopped: false, pid: null, error: null }
    assert.isNull(outputComplaint(["host", "stop", "--json"], JSON.stringify(good)))
    assert.isString(outputComplaint(["host", "stop", "--json"], JSON.stringify({ ...good, more: 1 })))
    assert.isString(outputComplaint(["host", "stop", "--json"], JSON.stringify({ stopped: false, pid: null })))
    assert.isString(outputComplaint(["host", "stop", "--json"], "progress\n{}"))
  })
})

describe("an error in it", () => {
  const errorOf = async (...args: ReadonlyArray<string>) => jsonOf(await sandbox.run([...args, "--json"])).error

  it("carries the facts of its message, so that no program has to read sentences", async () => {
    sandbox.write("token.txt", ["ghp_", "0123456789abcdefghijABCDEFGHIJ012345"].join(""))
    const missing = await errorOf("ask", "-p", "x", "--files", "nope.txt")
    assert.deepStrictEqual(missing.facts, { input: "nope.txt", root: sandbox.project })
    const secrets = await errorOf("submit", "-p", "x", "--files", "token.txt")
    assert.deepInclude(secrets.facts.secrets, { path: "token.txt", line: 1, rule: secrets.facts.secrets[0].rule })
    assert.notInclude(JSON.stringify(secrets), "0123456789abcdef")
  })

  it("comes with the job where a wait was over before the job", async () => {
    const ended = await sandbox.run(["wait", preparing, "--timeout", "0.2", "--json"])
    const { error, job } = jsonOf(ended)
    assert.deepStrictEqual([ended.code, job.id, error.code], [8, preparing, "wait_timeout"])
    assert.include(error.nextStep, preparing)
  })

  it("names the job in its next step, and not a place for one", async () => {
    const { facts, nextStep } = await errorOf("resume", preparing)
    assert.deepStrictEqual(facts, { job: preparing, status: "preparing" })
    assert.include(nextStep, `oracle wait ${preparing}`)
  })
})

describe("docs/user/json.md and json.schema.json", () => {
  it("are what build/json-doc.ts writes", () => {
    assert.strictEqual(readFileSync(jsonDocFile, "utf8"), jsonDoc())
    assert.deepStrictEqual(JSON.parse(readFileSync(jsonSchemaFile, "utf8")), JSON.parse(jsonSchema()))
  })

  it("name every command of an object", () => {
    const page = readFileSync(jsonDocFile, "utf8")
    for (const command of outputs.flatMap(({ commands }) => commands)) assert.include(page, `\`oracle ${command}\``)
  })
})
