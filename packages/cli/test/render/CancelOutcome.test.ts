import { emptyLedger, type SendState } from "@effect-oracle/core/domain/SendLedger"
import { assert, describe, it } from "@effect/vitest"
import { cancelOutcome } from "../../src/render/CancelOutcome.ts"

type Ended = Parameters<typeof cancelOutcome>[0]

const ended = (status: Ended["status"], state: SendState): Ended => ({
  id: "019d0000-0000-7000-8000-000000000001" as Ended["id"],
  status,
  send: { ...emptyLedger, state },
  chatUrl: "https://site.test/c/1",
  error: null
})

describe("the outcome of a cancel", () => {
  it("says what is known of the send", () => {
    assert.strictEqual(cancelOutcome(ended("cancelled", "not_started")), "cancelled; nothing was sent")
    assert.include(
      cancelOutcome(ended("cancelled", "confirmed")),
      "was sent before; the site may go on answering at https"
    )
    assert.include(cancelOutcome(ended("cancelled", "attempting")), "not known whether the prompt was sent")
  })

  it("calls no job cancelled that has not ended, or ended otherwise", () => {
    for (const status of ["submitted", "waiting"] as const) {
      assert.match(cancelOutcome(ended(status, "confirmed")), /^the job is being cancelled and is not yet ended/)
    }
    assert.match(cancelOutcome(ended("complete", "confirmed")), /^the job was complete before/)
    assert.match(cancelOutcome(ended("failed", "confirmed")), /^the job had failed before/)
  })
})
