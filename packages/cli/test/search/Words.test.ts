import { assert, describe, it } from "@effect/vitest"
import { around, holdsAll, splitAt } from "../../src/search/Words.ts"

describe("words", () => {
  it("are found in any case, and all of them are wanted", () => {
    assert.isTrue(holdsAll("The Lease\nis lost", ["lease", "LOST"]))
    assert.isFalse(holdsAll("The lease", ["lease", "lost"]))
  })

  it("are shown with what stands around them", () => {
    const line = `${"a ".repeat(200)}needle${" b".repeat(200)}`
    const shown = around(line, ["needle"])
    assert.include(shown, "needle")
    assert.isBelow(shown.length, 170)
    assert.match(shown, /^….*…$/)
  })

  it("are marked, with characters that mean something to a pattern taken as they are", () => {
    assert.deepStrictEqual(splitAt("x (A.b) y", ["(a.B)"]), [
      { text: "x ", hit: false },
      { text: "(A.b)", hit: true },
      { text: " y", hit: false }
    ])
  })
})
