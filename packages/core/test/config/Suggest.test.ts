import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { suggest } from "../../src/config/Suggest.ts"

const known = ["maxConcurrentJobs", "runMode", "args", "proxy", "sandbox"]

describe("Suggest", () => {
  it("finds the key behind a slip of the keyboard", () => {
    assert.strictEqual(suggest("maxConcurentJobs", known), "maxConcurrentJobs")
    assert.strictEqual(suggest("runmode", known), "runMode")
    assert.strictEqual(suggest("agrs", known), "args")
    assert.strictEqual(suggest("porxy", known), "proxy")
  })

  it("suggests nothing when nothing is close", () => {
    assert.isNull(suggest("telemetry", known))
    assert.isNull(suggest("", known))
    assert.isNull(suggest("anything", []))
  })

  it.prop("suggests a known key for itself", [Schema.Literals(known)], ([name]) => {
    assert.strictEqual(suggest(name, known), name)
  })
})
