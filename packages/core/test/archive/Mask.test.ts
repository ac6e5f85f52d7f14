import { mask } from "@effect-oracle/core/archive/Mask"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"

describe("mask", () => {
  it.prop("never shows more than a quarter of the value", [Schema.String], ([value]) => {
    const shown = mask(value).replace("********", "")
    assert.isAtMost(shown.length, value.length / 4)
    assert.notInclude(mask(value), "\n")
  })

  it("does not tell how long the value is", () => {
    assert.strictEqual(mask("a".repeat(64)).length, mask("a".repeat(4000)).length)
  })
})
