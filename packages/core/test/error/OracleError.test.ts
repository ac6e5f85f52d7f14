import { assert, describe, it } from "@effect/vitest"
import { oracleError, viewOf } from "../../src/error/OracleError.ts"

describe("the printable form of a failure", () => {
  it("fills job and site into the next step from what is given, else from the facts", () => {
    const step = "run 'oracle auth <site>', then 'oracle resume <job>'"
    const bare = oracleError("login_required", "asks to sign in", { step })
    const told = oracleError("login_required", "asks to sign in", { step, facts: { job: "j1", site: "grok" } })
    assert.strictEqual(viewOf(bare).nextStep, step)
    assert.strictEqual(viewOf(told).nextStep, "run 'oracle auth grok', then 'oracle resume j1'")
    assert.strictEqual(viewOf(told, { job: "j2" }).nextStep, "run 'oracle auth grok', then 'oracle resume j2'")
  })

  it("carries the facts, and no empty ones", () => {
    assert.deepStrictEqual(viewOf(oracleError("queue_full", "full", { facts: { jobs: ["a"] } })).facts, { jobs: ["a"] })
    assert.notProperty(viewOf(oracleError("queue_full", "full", { facts: {} })), "facts")
  })
})
