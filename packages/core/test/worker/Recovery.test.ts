import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { emptyLedger, SendState } from "../../src/domain/SendLedger.ts"
import { decide, maxStarts } from "../../src/worker/Recovery.ts"
import { jobRecord } from "../store/fixtures.ts"

const baseline = { conversationIds: [], historyRead: true, lastTurnId: null, turnCount: 0 }
const url = "https://site.test/c/1"

describe("decide", () => {
  it("starts a job again whose send was not begun or was refused", () => {
    for (const state of ["not_started", "refused"] as const) {
      assert.strictEqual(decide(jobRecord(1, { send: { ...emptyLedger, state } }))._tag, "StartAgain")
    }
  })

  it("gives up after three starts", () => {
    const decision = decide(jobRecord(1, { starts: maxStarts }))
    assert.strictEqual(decision._tag === "FailWith" && decision.error.code, "start_limit_reached")
  })

  it("goes on in the conversation of a confirmed send, however often", () => {
    const job = jobRecord(1, { starts: 99, chatUrl: url, send: { ...emptyLedger, state: "confirmed" } })
    assert.deepStrictEqual(decide(job), { _tag: "ResumeThread", url })
  })

  it("looks for the conversation of a send that was under way", () => {
    const job = jobRecord(1, { starts: 99, send: { ...emptyLedger, state: "attempting", baseline } })
    assert.deepStrictEqual(decide(job), { _tag: "LookForThread" })
  })

  it("fails as send_outcome_unknown when nothing says what the site held before", () => {
    const decision = decide(jobRecord(1, { send: { ...emptyLedger, state: "attempting" } }))
    assert.strictEqual(decision._tag === "FailWith" && decision.error.code, "send_outcome_unknown")
  })

  it.prop(
    "never leads to a send unless the ledger says that nothing left",
    [SendState, Schema.Boolean, Schema.Boolean, Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 5 }))],
    ([state, known, read, starts]) => {
      const job = jobRecord(1, {
        starts,
        chatUrl: known ? url : null,
        send: { ...emptyLedger, state, baseline: read ? baseline : null }
      })
      if (decide(job)._tag === "StartAgain") assert.include(["not_started", "refused"], state)
    }
  )
})
