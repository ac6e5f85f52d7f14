import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Fiber } from "effect"
import { defaultConfig } from "../../src/config/OracleConfig.ts"
import { type OracleError, oracleError } from "../../src/error/OracleError.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { admitted, type Bench, bench, configWith, runToEnd } from "./support/Bench.ts"
import { dirs } from "./support/Fakes.ts"
import { type Action, crash, pages } from "./support/FakeSite.ts"
import { nothingLeft, run } from "./support/runJob.ts"

describe("trouble after the send", () => {
  const afterSend = (
    site: Bench["site"],
    action: Action,
    run: (nth: number) => Effect.Effect<void, OracleError> | undefined
  ) => {
    let nth = 0
    site.fault = (found) => found === action && site.sends.length > 0 ? run(nth++) : undefined
  }

  it.effect("reopens the conversation when the browser is lost, without another send", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) =>
        afterSend(site, "probe", (nth) => nth < 4 ? Effect.fail(crash()) : undefined)
      )
      assert.strictEqual(done.job.phase, "complete")
      assert.strictEqual(done.site.sends.length, 1)
      assert.isAbove(done.site.opened, 1)
      nothingLeft(done)
    }))

  it.effect("waits out an outage without a browser", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => {
        site.answerMs = 60_000
        afterSend(site, "probe", (nth) => nth === 3 ? Effect.sync(() => void (site.page = pages.outage)) : undefined)
        const first = site.fault
        site.fault = (action, nth) =>
          action === "open" && nth === 2 ? Effect.sync(() => site.ready()) : first(action, nth)
      })
      assert.strictEqual(done.job.phase, "complete")
      assert.strictEqual(done.site.sends.length, 1)
      nothingLeft(done)
    }))

  it.effect("goes on by itself once the seed is repaired after a lost login", () =>
    Effect.gen(function*() {
      const parts = bench()
      parts.site.answerMs = 60_000
      afterSend(parts.site, "probe", (nth) =>
        nth === 3
          ? Effect.sync(() => void (parts.site.page = pages.login))
          : undefined)
      const job = yield* Effect.gen(function*() {
        const id = yield* admitted(parts)
        const repair = Effect.gen(function*() {
          yield* Effect.sleep(100_000)
          parts.seeds.generation = 2
          parts.site.ready()
        })
        yield* Effect.forkChild(repair)
        return yield* runToEnd(id)
      }).pipe(Effect.provide(parts.layer))
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(parts.site.sends.length, 1)
    }))

  it.effect("loses a temporary chat with its browser, says so, and sends nothing again", () =>
    Effect.gen(function*() {
      const done = yield* run(
        ({ site }) => afterSend(site, "probe", (nth) => nth === 2 ? Effect.fail(crash()) : undefined),
        { temporary: true }
      )
      assert.deepStrictEqual([done.job.phase, done.job.error?.code], ["failed", "temporary_chat_lost"])
      assert.strictEqual(done.site.sends.length, 1)
      nothingLeft(done)
    }))

  it.effect("stays on the page of a temporary chat, whatever lies over it, until the answer is there", () =>
    Effect.gen(function*() {
      const done = yield* run(({ site }) => {
        site.answerMs = 90_000
        afterSend(site, "probe", (nth) => nth === 3 ? Effect.sync(() => void (site.page = pages.outage)) : undefined)
      }, { temporary: true })
      assert.strictEqual(done.job.phase, "complete")
      assert.deepStrictEqual([done.site.opened, done.site.log.filter((one) => one === "reload").length], [1, 0])
    }))

  it.effect("says once where a temporary chat is kept by the site", () =>
    Effect.gen(function*() {
      const parts = bench()
      const warnings = yield* Effect.gen(function*() {
        const id = yield* admitted(parts, { temporary: true })
        yield* runToEnd(id)
        return (yield* (yield* JobStore).events(id)).filter(({ kind }) => kind === "warning")
      }).pipe(Effect.provide(parts.layer))
      assert.strictEqual(warnings.length, 1)
      assert.include(warnings[0]?.message, "https://site.test/c/")
    }))

  it.effect("looks again soon when the page of an answer that seems to go on is in trouble", () =>
    Effect.gen(function*() {
      const looks: Array<number> = []
      const look = Effect.map(Clock.currentTimeMillis, (now) => void looks.push(now))
      const { job } = yield* run(({ site }) => {
        site.answerMs = 120_000
        site.fault = (action, nth) => {
          if (action === "open" && nth === 1) return Effect.sync(() => site.ready())
          if (action === "observe" && site.sends.length > 0 && site.opened === 1) return look
          return action === "probe" && nth === 3 ? Effect.sync(() => void (site.page = pages.limited)) : undefined
        }
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(looks.length, 2)
      assert.isAtMost((looks[1] ?? 0) - (looks[0] ?? 0), 5000)
    }))

  it.effect("keeps the text so far when the time is up", () =>
    Effect.gen(function*() {
      const config = configWith(defaultConfig, { completionTimeoutMs: 60_000 })
      const { files, job } = yield* run(({ site }) => (site.answerMs = 10_000_000), { config })
      assert.strictEqual(job.error?.code, "completion_timeout")
      assert.strictEqual(job.error?.retryable, true)
      assert.isTrue(job.response?.partial)
      assert.strictEqual(files.files.get(dirs.job(job.id).responsePartial), "# The answer")
      assert.isAtLeast(job.observedMs, 60_000)
      assert.isBelow(job.observedMs, 70_000)
    }))

  it.effect("fails promptly when the turn itself failed, and keeps what is there", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.probePart = (nth) => nth > 3 ? { failed: true, generating: false } : {}
      })
      assert.strictEqual(job.error?.code, "response_failed")
      assert.isTrue(job.response?.partial)
      assert.isFalse(site.log.includes("continueGenerating"))
    }))

  it.effect("presses continue at most ten times", () =>
    Effect.gen(function*() {
      const { job, site } = yield* run(({ site }) => {
        site.probePart = () => ({ continueOffered: true, generating: false, finishControls: true, chars: 50 })
      })
      assert.strictEqual(site.log.filter((action) => action === "continueGenerating").length, 10)
      assert.strictEqual(job.error?.code, "response_failed")
    }))

  it.effect("reads a stubborn answer again before it gives up", () =>
    Effect.gen(function*() {
      const { job } = yield* run(({ site }) =>
        afterSend(site, "extract", (nth) => nth < 2 ? Effect.fail(oracleError("extraction_failed", "torn")) : undefined)
      )
      assert.strictEqual(job.phase, "complete")
    }))

  it.effect("saves no half of an answer when the finish bar flashes for longer than readings take to agree", () =>
    Effect.gen(function*() {
      const answer = (markdown: string) => ({ markdown, text: markdown, alternative: null, files: [] })
      const { files, job, site } = yield* run(({ site }) => {
        site.answerMs = 10_000
        site.probePart = (nth) =>
          nth >= 4 && nth < 9 ? { generating: false, finishControls: true, chars: 50, contentKey: "half" } : {}
        afterSend(
          site,
          "extract",
          (nth) => Effect.sync(() => void (site.answer = answer(nth === 0 ? "half" : "the whole answer")))
        )
      })
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(site.log.filter((action) => action === "extract").length, 2)
      assert.strictEqual(files.files.get(dirs.job(job.id).responseMarkdown), "the whole answer")
    }))

  it.effect("fails as extraction_failed when a finished turn holds nothing", () =>
    Effect.gen(function*() {
      const { job } = yield* run(({ site }) => {
        site.answer = { markdown: " ", text: "", alternative: null, files: [] }
      })
      assert.strictEqual(job.error?.code, "extraction_failed")
      assert.strictEqual(job.send.state, "confirmed")
    }))

  it.effect("fails as disk_full when the answer cannot be written", () =>
    Effect.gen(function*() {
      const { job } = yield* run(({ files }) => {
        files.fault = (path) => path.endsWith("response.md") ? oracleError("disk_full", path) : undefined
      })
      assert.strictEqual(job.error?.code, "disk_full")
    }))

  it.effect("holds the conversation of a new thread while the answer is awaited", () => {
    const parts = bench()
    parts.site.answerMs = 60_000
    return Effect.gen(function*() {
      const store = yield* JobStore
      const id = yield* admitted(parts)
      const seen: Array<string> = []
      const watch = Effect.gen(function*() {
        while (true) {
          yield* Effect.sleep(5000)
          const leases = yield* store.leases
          seen.push(leases.filter((lease) => lease.kind === "conversation").map((lease) => lease.key).join())
        }
      })
      const watcher = yield* Effect.forkChild(watch)
      yield* runToEnd(id)
      yield* Fiber.interrupt(watcher)
      assert.include(seen, "practice/c1")
      assert.deepStrictEqual(yield* store.leases, [])
    }).pipe(Effect.provide(parts.layer))
  })
})
