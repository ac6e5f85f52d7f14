import { afterAll, assert, describe, it } from "@effect/vitest"
import { existsSync } from "node:fs"
import { jsonOf, Sandbox } from "../support/oracle.ts"

const sandbox = new Sandbox()
afterAll(() => sandbox.remove())

describe("a mistake on the command line", () => {
  it("names the command that was probably meant on standard error, runs nothing and exits 2", async () => {
    const { code, stderr, stdout } = await sandbox.run(["cofnig"])
    assert.strictEqual(code, 2)
    assert.strictEqual(stdout, "")
    assert.include(stderr, "did you mean 'config'?")
    assert.include(stderr, "next:  run 'oracle --help'")
  })

  it("names the flag that was probably meant", async () => {
    const { code, stderr } = await sandbox.run(["pack", "--limti", "3"])
    assert.strictEqual(code, 2)
    assert.include(stderr, "oracle pack has no flag --limti; did you mean '--limit'?")
  })

  it("is one JSON object on standard output with --json", async () => {
    const ended = await sandbox.run(["ask", "--perset", "x", "--json"])
    assert.strictEqual(ended.code, 2)
    assert.strictEqual(ended.stderr, "")
    const { answer, error, job } = jsonOf(ended)
    assert.deepStrictEqual([job, answer], [null, null])
    assert.strictEqual(error.code, "usage_error")
    assert.include(error.message, "--preset")
    assert.isFalse(error.retryable)
  })

  it("refuses a time that is no number, and starts nothing", async () => {
    for (const time of ["soon", "5 minutes", "-1", "0"]) {
      const { code, stderr, stdout } = await sandbox.run(["wait", "--timeout", time])
      assert.deepStrictEqual([code, stdout], [2, ""], time)
      assert.include(stderr, "--timeout")
    }
    assert.isFalse(existsSync(sandbox.state))
  })

  it("lists the values that a flag takes", async () => {
    const { code, stderr } = await sandbox.run(["ask", "-p", "x", "--site", "chatgtp"])
    assert.strictEqual(code, 2)
    assert.include(stderr, "chatgpt")
  })
})

describe("help", () => {
  it("is printed on standard output, with examples and the default of every optional flag", async () => {
    const { code, stderr, stdout } = await sandbox.run(["ask", "--help"])
    assert.strictEqual(code, 0)
    assert.strictEqual(stderr, "")
    assert.include(stdout, "EXAMPLES")
    for (
      const line of stdout.split("\n").filter((line) =>
        /^ {2}--(site|account|preset|queue|format|headed|yes)\b/.test(line)
      )
    ) {
      assert.include(line, "(default:")
    }
  })

  it("has no colours where nobody looks on", async () => {
    const { stdout } = await sandbox.run(["--help"])
    assert.notInclude(stdout, "\u001b")
  })
})
