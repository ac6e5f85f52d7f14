import { afterAll, assert, describe, it } from "@effect/vitest"
import { symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { jsonOf, type RunOptions, Sandbox } from "../support/oracle.ts"

const sandbox = new Sandbox()
afterAll(() => sandbox.remove())

sandbox.write("a.txt", "content\n")
sandbox.write("empty/nothing.txt", "")
sandbox.write("token.txt", ["ghp_", "0123456789abcdefghijABCDEFGHIJ012345"].join(""))
sandbox.write("prompt.md", "What is this?\n")
sandbox.write("latin1.md", Uint8Array.of(0xe4, 0xf6, 0xfc))
writeFileSync(join(sandbox.root, "outside.txt"), "outside")
symlinkSync(join(sandbox.root, "outside.txt"), join(sandbox.project, "link.txt"))

/** Exit code and error of `ask --json`; nothing else may be on standard output. */
const refused = async (args: ReadonlyArray<string>, options: RunOptions = {}) => {
  const ended = await sandbox.run(["ask", "--json", ...args], options)
  const { answer, error, job } = jsonOf(ended)
  assert.deepStrictEqual([job, answer], [null, null])
  assert.containsAllKeys(error, ["code", "message", "nextStep", "retryable"])
  return [ended.code, error.code]
}

describe("the prompt", () => {
  it.each([
    ["is missing", ["--files", "a.txt"], {}],
    ["is empty on standard input", ["--files", "a.txt"], { input: " \n\t" }],
    ["is an empty argument", ["-p", "", "--files", "a.txt"], {}],
    ["is in a file that does not exist", ["--prompt-file", "nope.md", "--files", "a.txt"], {}]
  ])("is asked for when it %s", async (_, args, options) => {
    assert.deepStrictEqual(await refused(args, options), [2, "prompt_required"])
  })

  it("is refused when it was given twice, or is no UTF-8", async () => {
    assert.deepStrictEqual(await refused(["-p", "x", "--prompt-file", "prompt.md"]), [2, "usage_error"])
    assert.deepStrictEqual(await refused(["--prompt-file", "latin1.md"]), [2, "invalid_option"])
  })

  it("may begin with a dash, and may come from a file or from standard input", async () => {
    const missing = [3, "seed_missing"]
    assert.deepStrictEqual(await refused(["-p", "- one\n- two", "--files", "a.txt"]), missing)
    assert.deepStrictEqual(await refused(["--prompt-file", "prompt.md", "--files", "a.txt"]), missing)
    assert.deepStrictEqual(await refused(["--prompt-file", "-", "--files", "a.txt"], { input: "hi" }), missing)
    assert.deepStrictEqual(await refused(["--files", "a.txt"], { input: "hi" }), missing)
  })

  it("over the limit of the site is refused before a file is looked at", async () => {
    const input = "x".repeat(2_000_001)
    assert.deepStrictEqual(await refused(["--files", "nope.txt"], { input }), [2, "prompt_too_large"])
  })
})

describe("the files", () => {
  it.each([
    ["none", [], "archive_input_required"],
    ["a missing one", ["--files", "nope.txt"], "archive_input_missing"],
    ["an empty one", ["--files", "empty"], "archive_input_empty"],
    ["one outside the project", ["--files", "../outside.txt"], "archive_input_outside"],
    ["a link that leads outside", ["--files", "link.txt"], "archive_input_outside"],
    ["one with a secret", ["--files", "token.txt"], "secrets_found"]
  ])("are refused as a usage error: %s", async (_, files, code) => {
    assert.deepStrictEqual(await refused(["-p", "hi", ...files]), [2, code])
  })

  it("are checked before the environment", async () => {
    const env = { ORACLE_STATE_DIR: "/dev/null/state" }
    assert.deepStrictEqual(await refused(["-p", "hi", "--files", "nope.txt"], { env }), [2, "archive_input_missing"])
    assert.deepStrictEqual(await refused(["-p", "hi"], { env }), [2, "archive_input_required"])
    assert.deepStrictEqual(await refused(["-p", "hi", "--files", "a.txt"], { env }), [3, "state_unwritable"])
  })

  it("with a secret are sent only where each is allowed by name", async () => {
    const args = ["-p", "hi", "--files", "token.txt", "--allow-secret-file", "token.txt"]
    assert.deepStrictEqual(await refused(args), [3, "seed_missing"])
  })
})

describe("options of a submission", () => {
  it.each([
    ["an account name", ["--account", "Not A Name"], 2, "invalid_option"],
    ["a job to follow", ["--follow-up", "01a1fd49-d894-718b-9e02-869a487d1c05"], 4, "job_not_found"],
    ["a conversation", ["--conversation", "https://example.com/c/1"], 2, "invalid_option"],
    ["a preset", ["--preset", "best"], 2, "usage_error"]
  ])("are checked: %s", async (_, args, exit, code) => {
    assert.deepStrictEqual(await refused(["-p", "hi", "--files", "a.txt", ...args]), [exit, code])
  })

  it("name the configuration key that is wrong", async () => {
    const env = { ORACLE_CONFIG: sandbox.write("bad.json", "{ \"submit\": { \"confirm\": \"maybe\" } }") }
    const ended = await sandbox.run(["ask", "-p", "hi", "--files", "a.txt"], { env })
    assert.strictEqual(ended.code, 3)
    assert.match(ended.stderr, /bad\.json:1:\d+: .*submit\.confirm/)
    assert.match(ended.stderr, /^next: /m)
  })
})
