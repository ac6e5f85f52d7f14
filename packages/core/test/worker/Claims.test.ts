import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import type { Job } from "../../src/domain/Job.ts"
import { emptyLedger, type SendLedger } from "../../src/domain/SendLedger.ts"
import type { Lease } from "../../src/store/JobStore.ts"
import { claim, reasonOf } from "../../src/worker/Claims.ts"
import { jobId, jobRecord, start } from "../store/fixtures.ts"

const thread = (id: string) => ({ url: `https://site.test/c/${id}`, conversationId: id })
const sent = (state: SendLedger["state"]) => ({ send: { ...emptyLedger, state } })
const own = jobRecord(1, sent("attempting"))
const lease = (job: number, conversation: string): Lease => ({
  kind: "conversation",
  key: `practice/${conversation}`,
  job: jobId(job),
  epoch: 1,
  takenAt: start
})
const judge = (ids: ReadonlyArray<string>, jobs: ReadonlyArray<Job> = [], leases: ReadonlyArray<Lease> = []) =>
  claim(own, ids.map(thread), { jobs: [own, ...jobs], leases })

describe("whose conversation it is", () => {
  it("takes the only one that holds the prompt", () => {
    assert.deepStrictEqual(judge(["a"]), { _tag: "Ours", thread: thread("a") })
    assert.deepStrictEqual(judge(["a"], [], [lease(1, "a")]), { _tag: "Ours", thread: thread("a") })
  })

  it("leaves alone what another job has by its record or by a lease", () => {
    const other = jobRecord(2, { ...sent("confirmed"), conversationId: "a", status: "complete", phase: "complete" })
    for (const verdict of [judge(["a"], [other]), judge(["a"], [], [lease(2, "a")])]) {
      assert.deepStrictEqual(verdict, { _tag: "Others", threads: [thread("a")], jobs: [jobId(2)] })
    }
    assert.deepStrictEqual(judge(["a", "b"], [other]), { _tag: "Ours", thread: thread("b") })
  })

  it("takes none of two, and names both", () => {
    const verdict = judge(["a", "b"])
    assert.deepStrictEqual(verdict, { _tag: "Doubtful", threads: [thread("a"), thread("b")], jobs: [] })
    assert.include(reasonOf(verdict), "https://site.test/c/a and https://site.test/c/b")
  })

  it("takes none while another job with the same prompt may have sent it, and names that job", () => {
    for (const part of [sent("attempting"), sent("confirmed")]) {
      const verdict = judge(["a"], [jobRecord(2, part)])
      assert.deepStrictEqual(verdict, { _tag: "Doubtful", threads: [thread("a")], jobs: [jobId(2)] })
      assert.include(reasonOf(verdict), jobId(2))
    }
  })

  it("does not mind jobs that cannot have sent it", () => {
    const others = [
      jobRecord(2, sent("not_started")),
      jobRecord(3, sent("refused")),
      jobRecord(4, { ...sent("confirmed"), conversationId: "z" }),
      jobRecord(5, { ...sent("attempting"), prompt: { ...own.prompt, sha256: "e".repeat(64) } }),
      jobRecord(6, { ...sent("attempting"), site: "grok" }),
      jobRecord(7, {
        send: {
          ...emptyLedger,
          state: "attempting",
          baseline: { conversationIds: ["a"], historyRead: true, lastTurnId: null, turnCount: 0 }
        }
      })
    ]
    assert.strictEqual(judge(["a"], others)._tag, "Ours")
  })

  const State = Schema.Literals(["not_started", "attempting", "refused", "confirmed"])
  const Where = Schema.NullOr(Schema.Literals(["a", "b"]))
  it.prop(
    "is never that of another job, and of two jobs with the same prompt at most one takes it",
    [Schema.Array(Schema.Literals(["a", "b"])), State, Where],
    ([found, state, has]) => {
      const conversationId = state === "confirmed" ? has : null
      const other = jobRecord(2, { ...sent(state), conversationId })
      const threads = [...new Set(found)].map(thread)
      const known = { jobs: [own, other], leases: [] }
      const mine = claim(own, threads, known)
      const theirs = state === "attempting" ? claim(other, threads, known) : null
      if (mine._tag !== "Ours") return
      assert.notStrictEqual(mine.thread.conversationId, conversationId)
      assert.notStrictEqual(theirs?._tag, "Ours")
    }
  )
})
