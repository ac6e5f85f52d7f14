import { afterAll, assert, describe, it } from "@effect/vitest"
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { jsonOf, Sandbox } from "../support/oracle.ts"

const sandbox = new Sandbox()
afterAll(() => sandbox.remove())

const token = ["ghp_", "0123456789abcdefghijABCDEFGHIJ012345"].join("")

sandbox.write("src/small.ts", "export const a = 1\n")
sandbox.write("src/large.ts", "x".repeat(5000))
sandbox.write(".gitignore", "*.log\n")
sandbox.write("debug.log", "noise")
sandbox.write("node_modules/left/index.js", "left out")
sandbox.write("empty/nothing.txt", "")
sandbox.write("secret/token.txt", `token = ${token}\n`)
writeFileSync(join(sandbox.root, "outside.txt"), "outside")
symlinkSync(join(sandbox.root, "outside.txt"), join(sandbox.project, "link.txt"))

describe("oracle pack", () => {
  it("lists files with the largest first, the rule of each exclusion, and totals", async () => {
    const { code, stdout } = await sandbox.run(["pack", "src", "."])
    assert.strictEqual(code, 0)
    assert.isBelow(stdout.indexOf("src/large.ts"), stdout.indexOf("src/small.ts"))
    assert.match(stdout, /node_modules\/ +built-in: dependency folder/)
    assert.match(stdout, /debug\.log +\.gitignore:1 \*\.log/)
    assert.match(stdout, /\d+ files, [\d.]+ kB before compression, about [\d,]+ tokens of text/)
  })

  it("prints the same as JSON and nothing else", async () => {
    const ended = await sandbox.run(["pack", "src", "--json"])
    const { entries, exclusions, root, secrets, totals } = jsonOf(ended)
    assert.strictEqual(ended.stderr, "")
    assert.strictEqual(root, sandbox.project)
    assert.deepStrictEqual(entries.map(({ path }: { path: string }) => path), ["src/large.ts", "src/small.ts"])
    assert.deepStrictEqual([exclusions, secrets], [[], []])
    assert.strictEqual(totals.entries, 2)
    assert.strictEqual(totals.bytes, 5019)
  })

  it("shows a secret masked and says that a submission would be refused", async () => {
    const { code, stderr, stdout } = await sandbox.run(["pack", "--files", "secret"])
    assert.strictEqual(code, 0)
    assert.match(stdout, /secret\/token\.txt:1 +github\/\S+ +ghp_\*+2345 +not allowed/)
    assert.notInclude(stdout + stderr, token)
    assert.include(stderr, "--allow-secret-file")
  })

  it.each([
    ["missing", ["nope.txt"], "archive_input_missing"],
    ["empty", ["empty"], "archive_input_empty"],
    ["outside", ["../outside.txt"], "archive_input_outside"],
    ["symlinked out", ["link.txt"], "archive_input_outside"]
  ])("refuses %s files as a usage error", async (_, paths, expected) => {
    const ended = await sandbox.run(["pack", ...paths, "--json"])
    assert.strictEqual(ended.code, 2)
    assert.strictEqual(jsonOf(ended).error.code, expected)
  })

  it("shows no control characters of a file name", async () => {
    const name = "\u001b]0;title\u0007evil\u202e.txt"
    mkdirSync(join(sandbox.project, "names"), { recursive: true })
    sandbox.write(`names/${name}`, "content")
    const human = await sandbox.run(["pack", "names"])
    assert.include(human.stdout, "names/evil.txt")
    // oxlint-disable-next-line eslint/no-control-regex
    assert.notMatch(human.stdout, /[\u001b\u0007\u202e]/)
    const ended = await sandbox.run(["pack", "names", "--json"])
    assert.strictEqual(jsonOf(ended).entries[0].path, `names/${name}`)
    assert.notInclude(ended.stdout, "\u202e")
  })
})
