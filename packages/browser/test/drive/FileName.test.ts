import { dispositionName, labelName, safeName, uniqueName } from "@effect-oracle/browser/drive/artifacts/FileName"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"

const bytes = (text: string): number => new TextEncoder().encode(text).length

describe("safeName", () => {
  const cases: ReadonlyArray<readonly [given: string, safe: string]> = [
    ["results.csv", "results.csv"],
    ["butterscotch.txt", "butterscotch.txt"],
    ["../../etc/passwd", "passwd"],
    ["..\\..\\windows.txt", "windows.txt"],
    ["/etc/absolute.txt", "absolute.txt"],
    ["..", "file"],
    ["", "file"],
    [".hidden", "hidden"],
    ["-rf", "rf"],
    ["CON", "_CON"],
    ["nul.txt", "_nul.txt"],
    ["trailing.txt. .", "trailing.txt"],
    ["a\u0000b\u001b[31m.txt", "a_b_[31m.txt"],
    ["invoice\u202Efdp.exe", "invoice_fdp.exe"],
    ["Größe 漢字.md", "Größe 漢字.md"],
    ["bundle.tar.gz", "bundle.tar.gz"],
    ["v1.2.3 notes", "v1.2.3 notes"]
  ]
  for (const [given, safe] of cases) {
    it(`turns ${JSON.stringify(given)} into ${safe}`, () => {
      assert.strictEqual(safeName(given), safe)
    })
  }

  it("cuts long names and keeps their extension", () => {
    const name = safeName(`${"漢".repeat(200)}.tar.gz`)
    assert.isAtMost(bytes(name), 150)
    assert.isTrue(name.endsWith(".tar.gz"))
  })

  it.prop("is one visible path component of at most 150 bytes, whatever came in", [Schema.String], ([given]) => {
    const name = safeName(given)
    assert.isAtLeast(name.length, 1)
    assert.isAtMost(bytes(name), 151)
    assert.notMatch(name, /[/\\\p{Cc}\p{Cf}:*?"<>|]/u)
    assert.notMatch(name, /^[.-]|[. ]$/)
    assert.strictEqual(safeName(name), name)
  })
})

describe("uniqueName", () => {
  it("numbers a name that is taken, without regard to case", () => {
    assert.strictEqual(uniqueName("A.txt", new Set(["a.txt", "a (2).txt"])), "A (3).txt")
    assert.strictEqual(uniqueName("b.tar.gz", new Set(["b.tar.gz"])), "b (2).tar.gz")
    assert.strictEqual(uniqueName("c.txt", new Set()), "c.txt")
  })
})

describe("names that others give", () => {
  it("reads Content-Disposition in its forms", () => {
    assert.strictEqual(dispositionName("attachment; filename=\"a b.txt\""), "a b.txt")
    assert.strictEqual(dispositionName("attachment; filename=x.txt; filename*=UTF-8''%E6%BC%A2.txt"), "漢.txt")
    assert.strictEqual(dispositionName("inline"), null)
  })

  it("finds a file name in a label and nothing in a sentence", () => {
    assert.strictEqual(labelName("Download butterscotch.txt"), "butterscotch.txt")
    assert.strictEqual(labelName("Download the file"), "")
  })
})
