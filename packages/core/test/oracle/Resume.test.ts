import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { oracleError } from "../../src/error/OracleError.ts"
import { Oracle } from "../../src/Oracle.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { until } from "../worker/support/Bench.ts"
import { dirs } from "../worker/support/Fakes.ts"
import { pages } from "../worker/support/FakeSite.ts"
import { codeOf } from "./support/codeOf.ts"
import { oracleBench } from "./support/OracleBench.ts"
import { ended, submit } from "./support/Submitting.ts"

type Parts = ReturnType<typeof oracleBench>

const twoFiles = [
  { key: "1", label: "a.txt", kind: "file" as const },
  { key: "2", label: "b.txt", kind: "file" as const }
]

/** An ended job whose second file could not be fetched. */
const lacking = Effect.fnUntraced(function*({ site }: Parts) {
  site.answer = { ...site.answer, files: twoFiles }
  site.downloadError = ({ key }) => key === "2" ? oracleError("artifact_failed", "gone") : undefined
  const job = yield* ended((yield* submit()).id)
  assert.strictEqual(job.phase, "complete_with_artifact_errors")
  return job
})

const downloads = ({ site }: Parts) => site.log.filter((action) => action === "download").length

describe("resuming a job that lacks files", () => {
  it.effect("fetches only what is missing and leaves the answer alone", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const before = yield* lacking(parts)
      parts.site.downloadError = () => undefined
      parts.site.answer = { ...parts.site.answer, markdown: "less", text: "less" }
      const fetched = downloads(parts)
      yield* oracle.resume(before.id)
      const done = yield* ended(before.id)
      assert.strictEqual(done.phase, "complete")
      assert.strictEqual(done.attempt, 2)
      assert.strictEqual(downloads(parts) - fetched, 1)
      assert.deepStrictEqual(done.response, before.response)
      assert.strictEqual(parts.files.files.get(dirs.job(done.id).responseMarkdown), "# The answer")
      const answer = yield* oracle.read(done.id)
      assert.deepStrictEqual(answer.artifacts.map(({ error, name }) => [name, error]), [["a.txt", null], [
        "b.txt",
        null
      ]])
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("writes the answer again when its file is gone", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id } = yield* lacking(parts)
      parts.files.files.delete(dirs.job(id).responseMarkdown)
      yield* oracle.resume(id)
      yield* ended(id)
      assert.strictEqual(parts.files.files.get(dirs.job(id).responseMarkdown), "# The answer")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("stays complete with what it has when the site offers the file no more", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id } = yield* lacking(parts)
      parts.site.answer = { ...parts.site.answer, files: twoFiles.slice(0, 1) }
      yield* oracle.resume(id)
      const done = yield* ended(id)
      assert.strictEqual(done.phase, "complete_with_artifact_errors")
      assert.deepStrictEqual(done.artifacts && [done.artifacts.count, done.artifacts.failures], [1, 1])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("stays complete when the attempt fails", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id, response } = yield* lacking(parts)
      parts.site.fault = (action) => action === "extract" ? oracleError("extraction_failed", "torn") : undefined
      yield* oracle.resume(id)
      const done = yield* ended(id)
      assert.strictEqual(done.phase, "complete_with_artifact_errors")
      assert.deepStrictEqual([done.error, done.response], [null, response])
      assert.strictEqual((yield* oracle.read(id)).text, "The answer")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("stays complete when it is cancelled", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id } = yield* lacking(parts)
      parts.site.fault = () => Effect.sleep(2000)
      yield* oracle.resume(id)
      const fiber = yield* Effect.forkChild(oracle.cancel(id, "enough"))
      yield* until(Effect.sync(() => fiber.pollUnsafe() !== undefined), 100)
      assert.strictEqual((yield* Fiber.join(fiber)).phase, "complete_with_artifact_errors")
      assert.deepStrictEqual(yield* (yield* JobStore).leases, [])
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("naming the conversation of an unproven send", () => {
  /** A failed job whose prompt is at the site or not, with a history that does not show it. */
  const unproven = Effect.fnUntraced(function*({ site }: Parts, arrives: boolean) {
    site.outcome = () => ({ arrives, outcome: { _tag: "Unproven", evidence: "test" } })
    site.fault = (action) => action === "findThread" ? oracleError("extraction_failed", "hidden") : undefined
    const job = yield* ended((yield* submit()).id)
    assert.strictEqual(job.send.state, "attempting")
    site.outcome = () => undefined
    site.fault = () => undefined
    return job
  })

  const strange = {
    id: "c9",
    url: "https://site.test/c/c9",
    prompts: [{ sha256: "f".repeat(64), at: 0, continued: 0 }]
  }

  it.effect("is refused when the prompt is not in it, and sends nothing even where the history is authoritative", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.site.facts = { historyAuthoritative: true }
      const { id } = yield* unproven(parts, true)
      parts.site.conversations.set(strange.url, strange)
      yield* oracle.resume(id, { conversation: strange.url })
      const done = yield* ended(id)
      assert.strictEqual(done.error?.code, "conversation_mismatch")
      assert.strictEqual(done.send.state, "attempting")
      assert.isNull(done.chatUrl)
      assert.strictEqual(parts.site.sends.length, 1)
      yield* oracle.resume(id)
      const found = yield* ended(id)
      assert.deepStrictEqual([found.phase, found.chatUrl], ["complete", "https://site.test/c/c1"])
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("takes the person's word where the conversation cannot be read", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id } = yield* unproven(parts, true)
      parts.site.readable = false
      yield* oracle.resume(id, { conversation: "https://site.test/c/c1" })
      const done = yield* ended(id)
      assert.strictEqual(done.phase, "complete")
      assert.strictEqual(done.conversationId, "c1")
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("refuses a conversation that another job holds", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id } = yield* unproven(parts, false)
      parts.site.answerMs = 600_000
      const other = yield* submit()
      const held = JobStore.use((store) =>
        Effect.map(store.leases, (leases) => leases.some(({ kind }) => kind === "conversation"))
      )
      yield* until(held, 200)
      const error = yield* Effect.flip(oracle.resume(id, { conversation: "https://site.test/c/c1" }))
      assert.strictEqual(error.code, "conversation_busy")
      assert.include(error.message, other.id)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("refuses the conversation in which another job got the answer to the same prompt", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id } = yield* unproven(parts, false)
      const other = yield* ended((yield* submit()).id)
      assert.deepStrictEqual([other.phase, other.conversationId], ["complete", "c1"])
      const error = yield* Effect.flip(oracle.resume(id, { conversation: "https://site.test/c/c1" }))
      assert.strictEqual(error.code, "conversation_mismatch")
      assert.include(error.message, other.id)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("gives it to one of two jobs that asked the same, and tells the other whose it is", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const one = yield* unproven(parts, true)
      const two = yield* unproven(parts, false)
      const conversation = "https://site.test/c/c1"
      yield* Effect.all([oracle.resume(one.id, { conversation }), oracle.resume(two.id, { conversation })])
      const done = [yield* ended(one.id), yield* ended(two.id)]
      assert.deepStrictEqual(done.map(({ phase }) => phase).toSorted(), ["complete", "failed"])
      const winner = done.find(({ phase }) => phase === "complete")
      const loser = done.find(({ phase }) => phase === "failed")
      assert.strictEqual(loser?.error?.code, "conversation_mismatch")
      assert.include(loser?.error?.message, winner?.id)
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("is refused for a job that sent nothing, and together with a second send", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.site.page = pages.login
      const { id } = yield* submit()
      yield* ended(id)
      const conversation = "https://site.test/c/c1"
      assert.strictEqual(yield* codeOf(oracle.resume(id, { conversation })), "usage_error")
      assert.strictEqual(yield* codeOf(oracle.resume(id, { conversation, sendAgain: true })), "usage_error")
      assert.strictEqual(yield* codeOf(oracle.resume(id, { sendAgain: true })), "usage_error")
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("resuming a job whose archive is gone", () => {
  it.effect("is refused at once, with the advice to submit again", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.archiver.building = Effect.never
      const submission = yield* Effect.forkChild(submit())
      const preparing = JobStore.use((store) => Effect.map(store.open, ([job]) => job?.phase === "preparing"))
      yield* until(preparing, 1)
      yield* Fiber.interrupt(submission)
      const [job] = (yield* oracle.list({})).jobs
      assert.strictEqual(job?.error?.code, "submission_interrupted")
      if (job === undefined) return
      const error = yield* Effect.flip(oracle.resume(job.id))
      assert.deepStrictEqual([error.code, error.nextStep], ["submission_interrupted", "submit again"])
      assert.strictEqual((yield* oracle.get(job.id)).attempt, 1)
    }).pipe(Effect.provide(parts.layer))
  })
})
