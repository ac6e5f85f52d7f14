import { chainKeeping, IgnoreFile, linesOf, verdictOf } from "@effect-oracle/core/archive/IgnoreRules"
import { assert, describe, it } from "@effect/vitest"

const file = (base: string, text: string, below?: string) =>
  new IgnoreFile({
    label: base === "" ? ".gitignore" : `${base}/.gitignore`,
    base,
    lines: linesOf(text),
    ...(below === undefined ? {} : { below })
  }, false)

describe("IgnoreRules", () => {
  it("names the file, the line and the pattern", () => {
    const chain = [file("", "# comment\n\n*.log\n")]
    assert.deepStrictEqual(verdictOf(chain, "a/b.log", false), { ignored: true, rule: ".gitignore:3 *.log" })
    assert.isUndefined(verdictOf(chain, "a/b.txt", false))
  })

  it("lets the nearest file that says something decide", () => {
    const chain = [file("docs", "!keep.log\n"), file("", "*.log\n")]
    assert.deepStrictEqual(verdictOf(chain, "docs/keep.log", false), { ignored: false })
    assert.strictEqual(verdictOf(chain, "docs/other.log", false)?.ignored, true)
    assert.strictEqual(verdictOf(chain, "keep.log", false)?.ignored, true)
  })

  it("takes the last line that matches", () => {
    const chain = [file("", "*.log\n!a.log\na.*\n")]
    assert.deepStrictEqual(verdictOf(chain, "a.log", false), { ignored: true, rule: ".gitignore:3 a.*" })
  })

  it("tells folders from files", () => {
    const chain = [file("", "cache/\n")]
    assert.strictEqual(verdictOf(chain, "cache", true)?.ignored, true)
    assert.isUndefined(verdictOf(chain, "cache", false))
  })

  it("is case-sensitive only where the file system is", () => {
    const lines = ["*.LOG"]
    assert.isUndefined(new IgnoreFile({ label: "x", base: "", lines }, false).test("a.log", false))
    assert.strictEqual(new IgnoreFile({ label: "x", base: "", lines }, true).test("a.log", false)?.ignored, true)
  })

  it("inside a folder that was re-included, tests what is there by itself", () => {
    const chain = [file("", "*.log\ngenerated/\ngenerated\n")]
    const inside = chainKeeping(chain, "generated")
    assert.strictEqual(verdictOf(chain, "generated/a.ts", false)?.ignored, true)
    assert.isUndefined(verdictOf(inside, "generated/a.ts", false))
    assert.strictEqual(verdictOf(inside, "generated/a.log", false)?.ignored, true)
  })

  it("reads a file above the root with the way down", () => {
    const above = file("", "/packages/app/out\n*.tmp\n", "packages/app")
    assert.strictEqual(above.test("out", true)?.ignored, true)
    assert.strictEqual(above.test("a/b.tmp", false)?.ignored, true)
    assert.isUndefined(above.test("a/out", true))
  })

  it("does not let a file above the root leave out the whole project", () => {
    const above = file("", "packages/\n*.tmp\n", "packages/app").keeping("")
    assert.isUndefined(above.test("src/a.ts", false))
    assert.strictEqual(above.test("src/a.tmp", false)?.ignored, true)
  })

  it("reads lines with a carriage return", () => {
    assert.strictEqual(verdictOf([file("", "*.log\r\n*.tmp\r\n")], "a.tmp", false)?.ignored, true)
  })
})
