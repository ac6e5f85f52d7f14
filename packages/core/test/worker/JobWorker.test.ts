import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { JobStore } from "../../src/store/JobStore.ts"
import { admitted, bench, job, prompt, runToEnd } from "./support/Bench.ts"
import { dirs } from "./support/Fakes.ts"

describe("JobWorker", () => {
  it.effect("brings the answer back and leaves nothing behind", () => {
    const parts = bench()
    return Effect.gen(function*() {
      const store = yield* JobStore
      const id = yield* admitted(parts)
      const done = yield* runToEnd(id)
      assert.strictEqual(done.phase, "complete")
      assert.deepStrictEqual(parts.site.sends, [prompt])
      assert.deepStrictEqual(parts.site.uploads, [`context-${id}.tar.zst`])
      assert.strictEqual(parts.files.files.get(dirs.job(id).responseMarkdown), "# The answer")
      assert.strictEqual(parts.files.files.get(dirs.job(id).responseText), "The answer")
      assert.strictEqual(done.chatUrl, "https://site.test/c/c1")
      assert.strictEqual(done.send.state, "confirmed")
      assert.strictEqual(done.cleanup.pending, false)
      assert.deepStrictEqual(done.cleanup.warnings, [])
      assert.notStrictEqual(done.archive?.deletedAt, null)
      assert.strictEqual(parts.files.files.has(dirs.job(id).archive("tar.zst")), false)
      assert.strictEqual(parts.site.openBrowsers, 0)
      assert.strictEqual(parts.seeds.runtimes.size, 0)
      assert.deepStrictEqual(yield* store.leases, [])
      assert.strictEqual((yield* job(id)).runtime, null)
    }).pipe(Effect.provide(parts.layer))
  })
})
