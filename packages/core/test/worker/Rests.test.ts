import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { defaultConfig } from "../../src/config/OracleConfig.ts"
import { oracleError } from "../../src/error/OracleError.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { admitted, type Bench, bench, configWith, job, runToEnd, startWorker, until } from "./support/Bench.ts"
import { dirs } from "./support/Fakes.ts"
import { pages } from "./support/FakeSite.ts"
import { run } from "./support/runJob.ts"

describe("a job that rests for a sign-in", () => {
  it.effect("goes on at once in a new host when a person signed in while none ran", () => {
    const parts = bench()
    parts.site.answerMs = 60_000
    return Effect.gen(function*() {
      const store = yield* JobStore
      const id = yield* admitted(parts)
      parts.site.fault = (action) =>
        action === "probe" ? Effect.sync(() => void (parts.site.page = pages.login)) : undefined
      const worker = yield* startWorker(id, yield* store.advanceEpoch)
      yield* until(Effect.map(job(id), ({ blocked }) => blocked?.reason === "login"))
      yield* Fiber.interrupt(worker)
      yield* TestClock.adjust(1000)
      parts.site.fault = () => undefined
      parts.site.ready()
      parts.seeds.generation = 2
      parts.seeds.createdAt = yield* Effect.clockWith((clock) => clock.currentTimeMillis)
      yield* TestClock.adjust(1000)
      const begun = yield* Effect.clockWith((clock) => clock.currentTimeMillis)
      const next = yield* startWorker(id, yield* store.advanceEpoch)
      yield* until(Effect.map(job(id), ({ phase }) => phase === "queued"), 100)
      const took = (yield* Effect.clockWith((clock) => clock.currentTimeMillis)) - begun
      assert.isBelow(took, 5000)
      yield* Fiber.interrupt(next)
      const done = yield* runToEnd(id)
      assert.strictEqual(done.phase, "complete")
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("a browser that does not start", () => {
  const unable = oracleError("browser_launch_failed", "it ended")

  it.effect("is tried once more before anything was sent", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.fault = (action, nth) => action === "open" && nth === 0 ? Effect.fail(unable) : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("does not end a job whose prompt is out", () =>
    Effect.gen(function*() {
      let lost = false
      const { job, site } = yield* run(({ site }) => {
        site.fault = (action, nth) => {
          if (action === "probe" && !lost) {
            lost = true
            return site.crash()
          }
          return action === "open" && nth > 0 && nth < 6 ? Effect.fail(unable) : undefined
        }
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))
})

describe("a job whose prompt may be out", () => {
  /** The send proves nothing, though the prompt arrives. */
  const unproven = ({ site }: Bench) => {
    site.outcome = (nth) =>
      nth === 0 ? { arrives: true, outcome: { _tag: "Unproven", evidence: "no proof" } } : undefined
  }
  const lostAfterSend = ({ site }: Bench) => {
    let lost = false
    site.fault = (action) => {
      if (action !== "probe" || lost) return undefined
      lost = true
      return site.crash()
    }
  }

  for (const [name, arrange] of [["is not proven", unproven], ["is proven", lostAfterSend]] as const) {
    it.effect(`waits for a sign-in that is gone or in the making, where its send ${name}`, () =>
      Effect.gen(function*() {
        const troubles = [oracleError("seed_busy", "replaced"), oracleError("seed_missing", "gone")]
        const { job, site } = yield* run((parts) => {
          arrange(parts)
          parts.seeds.cloning = Effect.suspend(() => {
            const trouble = parts.site.sends.length === 0 ? undefined : troubles.shift()
            return trouble === undefined ? Effect.void : Effect.fail(trouble)
          })
        })
        assert.deepStrictEqual([job.phase, job.error?.code ?? null, troubles.length], ["complete", null, 0])
        assert.strictEqual(site.sends.length, 1)
      }))
  }

  it.effect("waits for a browser that does not start, where its send is not proven", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run((parts) => {
        unproven(parts)
        parts.site.fault = (action, nth) =>
          action === "open" && nth > 0 && nth < 14
            ? Effect.fail(oracleError("browser_launch_failed", "it ended"))
            : undefined
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.sends.length, 1)
    }))

  it.effect("keeps the text so far when the site is in trouble, and never less of it", () =>
    Effect.gen(function*() {
      const config = configWith(defaultConfig, { completionTimeoutMs: 60_000 })
      const { files, job } = yield* run(({ site }) => {
        site.answerMs = 10_000_000
        let probes = 0
        site.fault = (action) => {
          if (action === "probe" && (probes += 1) === 20) site.page = pages.login
          if (action === "open" && probes > 20) {
            site.ready()
            site.answer = { ...site.answer, markdown: "# The", text: "The" }
          }
          return undefined
        }
      }, { config })
      assert.strictEqual(job.error?.code, "completion_timeout")
      assert.isTrue(job.response?.partial)
      assert.strictEqual(files.files.get(dirs.job(job.id).responsePartial), "# The answer")
    }))
})
