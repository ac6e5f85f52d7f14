import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { admitted, bench, runToEnd } from "./support/Bench.ts"
import { crash } from "./support/FakeSite.ts"
import { fails, nothingLeft, run } from "./support/runJob.ts"

describe("the send", () => {
  it.effect("is tried once more after a refusal", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.outcome = (nth) =>
          nth === 0
            ? { arrives: false, outcome: { _tag: "Refused", evidence: "status 500", httpStatus: 500 } }
            : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("is not tried a third time", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.outcome = () => ({ arrives: false, outcome: { _tag: "Refused", evidence: "status 500", httpStatus: 500 } })
      })
      assert.strictEqual(job.error?.code, "send_refused")
      assert.strictEqual(site.log.filter((action) => action === "send").length, 2)
    }))

  it.effect("is never repeated when its outcome is not proven: the conversation is found instead", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.outcome = () => ({ arrives: true, outcome: { _tag: "Unproven", evidence: "no answer" } })
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
      assert.strictEqual(job.chatUrl, "https://site.test/c/c1")
    }))

  it.effect("ends as send_outcome_unknown when nothing proves what happened", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => {
        site.outcome = () => ({ arrives: false, outcome: { _tag: "Unproven", evidence: "no answer" } })
      })
      assert.strictEqual(done.job.error?.code, "send_outcome_unknown")
      assert.strictEqual(done.job.send.state, "attempting")
      assert.strictEqual(done.site.log.filter((action) => action === "send").length, 1)
      nothingLeft(done)
    }))

  it.effect("takes no conversation that the history showed where another job that asked the same has it", () =>
    Effect.gen(function*() {
      const parts = bench()
      const [first, second] = yield* Effect.gen(function*() {
        const first = yield* runToEnd(yield* admitted(parts))
        const thread = { url: first.chatUrl ?? "", conversationId: first.conversationId ?? "" }
        const found = { _tag: "Confirmed", evidence: "in the history", thread, userTurnId: null } as const
        parts.site.outcome = () => ({ arrives: false, outcome: { ...found, searched: true } })
        return [first, yield* runToEnd(yield* admitted(parts, {}, 2))] as const
      }).pipe(Effect.provide(parts.layer))
      assert.strictEqual(first.conversationId, "c1")
      assert.deepStrictEqual([second.error?.code, second.conversationId], ["send_outcome_unknown", null])
      assert.strictEqual(parts.site.sends.length, 1)
    }))

  it.effect("takes the conversation that the history showed where nobody else has it", () =>
    Effect.gen(function*() {
      const { job } = yield* run(({ site }) => {
        const thread = { url: "https://site.test/c/c1", conversationId: "c1" }
        const found = { _tag: "Confirmed", evidence: "in the history", thread, userTurnId: null } as const
        site.outcome = () => ({ arrives: true, outcome: { ...found, searched: true } })
      })
      assert.deepStrictEqual([job.phase, job.conversationId], ["complete", "c1"])
    }))

  it.effect("is allowed again where an authoritative history proves absence twice", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.facts = { historyAuthoritative: true }
        site.outcome = (nth) =>
          nth === 0 ? { arrives: false, outcome: { _tag: "Unproven", evidence: "no answer" } } : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("counts a driver that fails during the click as unproven", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => (site.fault = fails("send", 1, crash())))
      assert.strictEqual(job.error?.code, "send_outcome_unknown")
      assert.strictEqual(site.log.filter((action) => action === "send").length, 1)
    }))

  it.effect("counts a click without an end as unproven after its limit", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.fault = (action) => action === "send" ? Effect.never : undefined
      })
      assert.strictEqual(job.error?.code, "send_outcome_unknown")
      assert.strictEqual(site.log.filter((action) => action === "send").length, 1)
    }))
})
