import { Selecting } from "@effect-oracle/core/node/archive/Selecting"
import { assert, describe, it } from "@effect/vitest"

describe("Selecting", () => {
  it("copes with twice 120,000 candidates and as many exclusions", () => {
    const selecting = new Selecting()
    for (let index = 0; index < 240_000; index++) {
      selecting.add({ path: `d${index % 7}/f${index}`, real: "", named: false })
      selecting.leaveOut(`x${index}`, "rule", false)
    }
    assert.lengthOf(selecting.candidates, 240_000)
    assert.lengthOf(selecting.exclusions, 240_000)
    assert.lengthOf(selecting.leftOut, 240_000)
  })

  it("keeps one candidate a path, and remembers that it was named", () => {
    const selecting = new Selecting()
    selecting.add({ path: "a", real: "/a", named: true })
    selecting.add({ path: "a", real: "/a", named: false })
    assert.deepStrictEqual(selecting.candidates, [{ path: "a", real: "/a", named: true }])
    assert.strictEqual(selecting.found, 2)
  })
})
