import { judge, type SendReading, showsNothingTaken } from "@effect-oracle/browser/drive/SendDecision"
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"

const times = { swallowedClickMs: 3000, sendProofMs: 60_000 }

const reading = (over: Partial<SendReading> = {}): SendReading => ({
  requests: [],
  draftStands: false,
  composerEmpty: true,
  userTurn: true,
  answerTurn: false,
  generating: false,
  newThread: false,
  sinceClickMs: 2000,
  clicks: 1,
  ...over
})

const judged = (over: Partial<SendReading>): string => judge(reading(over), times)._tag

const declared = (status: number | null) => ({ declared: true, status })

describe("judge", () => {
  it("takes an optimistic user turn for no proof", () => {
    assert.strictEqual(judged({ userTurn: true, generating: true }), "Wait")
  })

  it("believes a durable address, an answer, and a successful response", () => {
    assert.strictEqual(judged({ newThread: true }), "Proof")
    assert.strictEqual(judged({ answerTurn: true }), "Proof")
    assert.strictEqual(judged({ requests: [declared(200)] }), "Proof")
  })

  it("believes no response of a request that only carries the prompt", () => {
    assert.strictEqual(judged({ requests: [{ declared: false, status: 200 }] }), "Wait")
  })

  it("takes a client error for a refusal, once the page had time to repeat the request by itself", () => {
    assert.strictEqual(judged({ requests: [declared(429)], sinceClickMs: 300 }), "Wait")
    assert.strictEqual(judged({ requests: [declared(429)] }), "Refused")
    assert.strictEqual(judged({ requests: [declared(401), declared(null)] }), "Wait")
    assert.strictEqual(judged({ requests: [declared(401), declared(200)] }), "Proof")
  })

  it("doubts a server error and a lost connection", () => {
    assert.strictEqual(judged({ requests: [declared(500)] }), "Doubt")
    assert.strictEqual(judged({ requests: [declared(0)] }), "Doubt")
  })

  it("clicks again only while the full draft stands and nothing left", () => {
    const swallowed = { draftStands: true, composerEmpty: false, userTurn: false, sinceClickMs: 4000 }
    assert.strictEqual(judged(swallowed), "ClickAgain")
    assert.strictEqual(judged({ ...swallowed, requests: [declared(null)] }), "Wait")
    assert.strictEqual(judged({ ...swallowed, draftStands: false }), "Wait")
    assert.strictEqual(judged({ ...swallowed, userTurn: true }), "Wait")
    assert.strictEqual(judged({ ...swallowed, clicks: 3 }), "Refused")
  })

  it("believes after a reload that nothing was taken only where no turn and no other draft is there", () => {
    const page = {
      composerReady: true,
      draft: "",
      userTurn: false,
      newThread: false,
      turnBeforeGone: false,
      requestLeft: false
    }
    assert.isTrue(showsNothingTaken(page, "Why?"))
    assert.isTrue(showsNothingTaken({ ...page, draft: "Why?" }, "Why?"))
    assert.isFalse(showsNothingTaken({ ...page, draft: "Wh" }, "Why?"))
    assert.isFalse(showsNothingTaken({ ...page, userTurn: true }, "Why?"))
    assert.isFalse(showsNothingTaken({ ...page, newThread: true }, "Why?"))
    assert.isFalse(showsNothingTaken({ ...page, composerReady: false }, "Why?"))
  })

  it("believes no reload of a thread that hides what stood last before the send, nor one that cut a request off", () => {
    const page = { composerReady: true, draft: "", userTurn: false, newThread: false }
    assert.isFalse(showsNothingTaken({ ...page, turnBeforeGone: true, requestLeft: false }, "Why?"))
    assert.isFalse(showsNothingTaken({ ...page, turnBeforeGone: false, requestLeft: true }, "Why?"))
  })

  it("gives up in doubt when the time is over", () => {
    assert.strictEqual(judged({ sinceClickMs: 60_000 }), "Doubt")
  })

  it.prop(
    "never clicks again once a request left",
    [
      Schema.Array(Schema.Struct({ declared: Schema.Boolean, status: Schema.NullOr(Schema.Int) })).check(
        Schema.isMinLength(1)
      ),
      Schema.Boolean
    ],
    ([requests, draftStands]) => {
      assert.notStrictEqual(judged({ requests, draftStands, userTurn: false, sinceClickMs: 10_000 }), "ClickAgain")
    }
  )
})
