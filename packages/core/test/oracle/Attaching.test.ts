import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Oracle, type SubmitRequest } from "../../src/Oracle.ts"
import { dirs } from "../worker/support/Fakes.ts"
import { codeOf } from "./support/codeOf.ts"
import { oracleBench, request } from "./support/OracleBench.ts"
import { ended, submit } from "./support/Submitting.ts"

describe("files that are sent as they are", () => {
  it.effect("are copied, given to the site after the archive under their own names, and removed at the end", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const { id } = yield* submit({ attach: ["shots/a.png", "docs/a.png"] })
      const job = yield* ended(id)
      const { attachments } = dirs.job(id)
      assert.strictEqual(job.phase, "complete")
      assert.deepStrictEqual(parts.archiver.taken, [`${attachments}/1/a.png`, `${attachments}/2/a.png`])
      assert.deepStrictEqual(parts.site.uploads, [`context-${id}.tar.zst`, "a.png", "a.png"])
      assert.deepStrictEqual(job.attachments?.files.map(({ name }) => name), ["a.png", "a.png"])
      assert.isNotNull(job.attachments?.deletedAt)
      assert.deepStrictEqual([...parts.files.files.keys()].filter((path) => path.startsWith(attachments)), [])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("go beside an archive in the format that was asked for", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const { id } = yield* submit({ attach: ["a.png"], format: "tar.gz" })
      yield* ended(id)
      assert.deepStrictEqual(parts.site.uploads, [`context-${id}.tar.gz`, "a.png"])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("are enough without an archive", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const { id } = yield* submit({ files: [], attach: ["a.png"] })
      assert.strictEqual((yield* ended(id)).phase, "complete")
      assert.deepStrictEqual(parts.site.uploads, ["a.png"])
    }).pipe(Effect.provide(parts.layer))
  })

  const cases: ReadonlyArray<readonly [string, Partial<SubmitRequest>, string]> = [
    ["one that is not there", { attach: ["missing"] }, "archive_input_missing"],
    ["one with a secret", { attach: ["secret.pdf"] }, "secrets_found"],
    ["more than the site takes at once", { attach: ["a", "b", "c"] }, "invalid_option"]
  ]
  for (const [name, part, code] of cases) {
    it.effect(`are refused with ${name}`, () => {
      const parts = oracleBench()
      return Effect.gen(function*() {
        const oracle = yield* Oracle
        assert.strictEqual(yield* codeOf(oracle.plan(request(part))), code)
      }).pipe(Effect.provide(parts.layer))
    })
  }

  it.effect("are refused with one that is too large, and the next step speaks of that file alone", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.site.facts = { archiveMaxBytes: 1 }
      const error = yield* Effect.flip(oracle.plan(request({ attach: ["a.png"] })))
      assert.deepStrictEqual([error.code, error.nextStep], ["archive_too_large", "attach a smaller file"])
      assert.match(error.message, /^'a\.png' has .* takes 1 bytes at most$/)
      assert.deepInclude(error.facts, { path: "a.png", limitBytes: 1 })
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a preset", () => {
  it.effect("that the site has no name for is refused before anything is packed, naming those it has", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.site.facts = { presets: ["current", "thinking_standard"] }
      const error = yield* Effect.flip(oracle.plan(request({ preset: "thinking_heavy" })))
      assert.strictEqual(error.code, "invalid_option")
      assert.include(error.message, "current, thinking_standard")
      assert.strictEqual((yield* oracle.plan(request({ preset: "current" }))).request.preset, "current")
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a temporary chat", () => {
  it.effect("is asked for, has no follow-up, and is refused together with a conversation", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id } = yield* submit({ temporary: true })
      const job = yield* ended(id)
      const both = oracle.plan(request({ temporary: true, conversation: "https://site.test/c/c1" }))
      assert.deepStrictEqual([job.phase, job.temporary], ["complete", true])
      assert.strictEqual(yield* codeOf(both), "follow_up_invalid")
      assert.strictEqual(yield* codeOf(oracle.plan(request({ followUpJobId: id }))), "follow_up_invalid")
      parts.site.facts = { temporaryChats: false }
      assert.strictEqual(yield* codeOf(oracle.plan(request({ temporary: true }))), "invalid_option")
    }).pipe(Effect.provide(parts.layer))
  })
})
