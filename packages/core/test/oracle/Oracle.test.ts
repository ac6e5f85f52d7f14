import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Stream } from "effect"
import { TestClock } from "effect/testing"
import type { JobId } from "../../src/domain/Ids.ts"
import { oracleError } from "../../src/error/OracleError.ts"
import { Oracle, type SubmitRequest, type SubmitStage } from "../../src/Oracle.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { jobId } from "../store/fixtures.ts"
import { until } from "../worker/support/Bench.ts"
import { dirs } from "../worker/support/Fakes.ts"
import { pages } from "../worker/support/FakeSite.ts"
import { codeOf } from "./support/codeOf.ts"
import { oracleBench, request } from "./support/OracleBench.ts"
import { ended, submit } from "./support/Submitting.ts"

describe("plan", () => {
  const cases: ReadonlyArray<readonly [string, Partial<SubmitRequest>, string]> = [
    ["an empty prompt", { prompt: " \r\n " }, "prompt_required"],
    ["a prompt over the site's limit", { prompt: "x".repeat(1001) }, "prompt_too_large"],
    ["no file", { files: [] }, "archive_input_required"],
    ["a file that is not there", { files: ["missing"] }, "archive_input_missing"],
    ["a secret in the selection", { files: ["secret.txt"] }, "secrets_found"],
    ["a secret in the prompt", { prompt: "use TOKEN" }, "secrets_found"],
    ["a conversation that is none", { conversation: "nonsense" }, "invalid_option"],
    ["both ways to name a thread", { conversation: "x", followUpJobId: jobId(1) }, "follow_up_invalid"]
  ]
  for (const [name, part, code] of cases) {
    it.effect(`refuses ${name} as ${code} before anything is written`, () => {
      const parts = oracleBench()
      return Effect.gen(function*() {
        const oracle = yield* Oracle
        assert.strictEqual(yield* codeOf(oracle.plan(request(part))), code)
        assert.deepStrictEqual((yield* oracle.list({})).jobs, [])
        assert.deepStrictEqual([...parts.files.files.keys()].filter((path) => path.includes("/jobs/")), [])
      }).pipe(Effect.provide(parts.layer))
    })
  }

  it.effect("says that a job to follow is not there", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const error = yield* Effect.flip(oracle.plan(request({ followUpJobId: jobId(7) })))
      assert.strictEqual(error.code, "job_not_found")
      assert.include(error.message, jobId(7))
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("names file, line and rule of each secret, never its value", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const error = yield* Effect.flip(oracle.plan(request({ files: ["secret.txt"] })))
      assert.include(error.message, "secret.txt:3 token ab***yz")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("takes a file with a secret that a person allowed by name", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const plan = yield* oracle.plan(request({ files: ["secret.txt"], allowSecretFiles: ["secret.txt"] }))
      assert.strictEqual(plan.selected?.secrets[0]?.allowed, true)
      const both = { prompt: "TOKEN", files: ["secret.txt"], allowSecretFiles: ["secret.txt", "prompt"] }
      const { secrets } = yield* oracle.plan(request(both))
      assert.deepStrictEqual(secrets.map(({ allowed, path }) => [path, allowed]), [
        ["prompt", true],
        ["secret.txt", true]
      ])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("reports a mistake in the selection before a missing seed", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      parts.seeds.missing = true
      const oracle = yield* Oracle
      assert.strictEqual(yield* codeOf(oracle.plan(request({ files: ["missing"] }))), "archive_input_missing")
      assert.strictEqual(yield* codeOf(oracle.plan(request())), "seed_missing")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("makes every line end a line feed and leaves all else as it is", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const plan = yield* oracle.plan(request({ prompt: "a\r\nb\rc $& \t\n" }))
      assert.strictEqual(plan.request.prompt, "a\nb\nc $& \t\n")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("allows a submission without files where the caller says so", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      assert.isNull((yield* oracle.plan(request({ files: [], archiveRequired: false }))).selected)
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("submit", () => {
  it.effect("runs the job to its answer and reads it back", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const stages: Array<SubmitStage["_tag"]> = []
      const job = yield* oracle.submit(yield* oracle.plan(request()), (stage) => stages.push(stage._tag))
      assert.deepStrictEqual(stages, ["Archiving", "Archived", "StartingHost"])
      assert.strictEqual(job.phase, "submitted")
      const done = yield* ended(job.id)
      assert.strictEqual(done.phase, "complete")
      const answer = yield* oracle.read(job.id)
      assert.strictEqual(answer.markdown, "# The answer")
      assert.strictEqual(answer.text, "The answer")
      assert.isFalse(answer.partial)
      assert.deepStrictEqual(parts.site.sends, ["Why?"])
      assert.isTrue(parts.files.files.has(dirs.job(job.id).manifest))
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("ends the record with the reason when the archive cannot be built, and leaves no archive", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.archiver.building = oracleError("archive_too_large", "300 MB")
      assert.strictEqual(yield* codeOf(submit()), "archive_too_large")
      const [job] = (yield* oracle.list({})).jobs
      assert.strictEqual(job?.error?.code, "archive_too_large")
      assert.deepStrictEqual(parts.site.sends, [])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("ends the record as submission_interrupted when the caller goes away while packing", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.archiver.building = Effect.never
      const fiber = yield* Effect.forkChild(submit())
      yield* until(Effect.map(oracle.list({}), ({ jobs }) => jobs.length === 1), 10)
      yield* Fiber.interrupt(fiber)
      const [job] = (yield* oracle.list({})).jobs
      assert.strictEqual(job?.phase, "failed")
      assert.strictEqual(job?.error?.code, "submission_interrupted")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("queues the third job and runs it when a place is free", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      parts.site.answerMs = 20_000
      const jobs = [yield* submit(), yield* submit(), yield* submit()]
      assert.deepStrictEqual(jobs.map((job) => job.phase).slice(2), ["queued"])
      for (const job of jobs) assert.strictEqual((yield* ended(job.id)).phase, "complete")
      assert.strictEqual(parts.site.mostBrowsers, 2)
      assert.isTrue(jobs[0]!.id < jobs[1]!.id && jobs[1]!.id < jobs[2]!.id)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("runs no more jobs at once on an account than its site takes", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      parts.site.facts = { maxJobsPerAccount: 1 }
      const jobs = [yield* submit(), yield* submit(), yield* submit()]
      assert.deepStrictEqual(jobs.map((job) => job.phase).slice(1), ["queued", "queued"])
      for (const job of jobs) assert.strictEqual((yield* ended(job.id)).phase, "complete")
      assert.strictEqual(parts.site.mostBrowsers, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("follows up in the conversation of a complete job of the same project", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const first = yield* ended((yield* submit()).id)
      const next = yield* submit({ followUpJobId: first.id, prompt: "And then?" })
      const done = yield* ended(next.id)
      assert.strictEqual(done.phase, "complete")
      assert.strictEqual(done.conversationId, first.conversationId)
      assert.strictEqual(done.followUpToJobId, first.id)
      assert.deepStrictEqual(parts.site.sends, ["Why?", "And then?"])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("refuses a conversation that another job holds, naming it, and waits for it when asked to", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const first = yield* ended((yield* submit()).id)
      parts.site.answerMs = 60_000
      const second = yield* submit({ followUpJobId: first.id })
      const error = yield* Effect.flip(submit({ followUpJobId: first.id }))
      assert.strictEqual(error.code, "conversation_busy")
      assert.include(error.message, second.id)
      const third = yield* submit({ followUpJobId: first.id, queue: true })
      assert.strictEqual(third.phase, "queued")
      assert.strictEqual((yield* ended(third.id)).phase, "complete")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("refuses a follow-up on a job that has no answer", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      parts.site.page = pages.login
      const failed = yield* ended((yield* submit()).id)
      assert.strictEqual(yield* codeOf(submit({ followUpJobId: failed.id })), "follow_up_invalid")
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("watching", () => {
  it.effect("shows each phase once and ends with the job", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.site.fault = () => Effect.sleep(300)
      const { id } = yield* submit()
      const fiber = yield* Effect.forkChild(Stream.runCollect(oracle.changes(id)))
      yield* until(Effect.sync(() => fiber.pollUnsafe() !== undefined), 50)
      const jobs = yield* Fiber.join(fiber)
      const phases = jobs.map((job) => job.phase).filter((phase, index, all) => phase !== all[index - 1])
      assert.include(phases, "awaiting_response")
      assert.strictEqual(phases.at(-1), "complete")
      assert.isFalse(jobs.at(-1)?.cleanup.pending)
      assert.isTrue(jobs.some((job) => job.progress?.stage === "answering" && job.progress.chars > 0))
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("fails as wait_timeout after the given time and leaves the job alone", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.site.answerMs = 60_000
      const { id } = yield* submit()
      const fiber = yield* Effect.forkChild(codeOf(oracle.wait(id, { timeoutMs: 10_000 })))
      yield* TestClock.adjust(11_000)
      assert.strictEqual(yield* Fiber.join(fiber), "wait_timeout")
      assert.strictEqual((yield* ended(id)).phase, "complete")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("says that an answer is missing instead of reading an empty one", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id } = yield* submit()
      yield* ended(id)
      parts.files.files.delete(dirs.job(id).responseMarkdown)
      const error = yield* Effect.flip(oracle.read(id))
      assert.strictEqual(error.code, "storage_failed")
      assert.include(error.message, "missing")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("refuses to read a job that has not ended", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id } = yield* submit()
      assert.strictEqual(yield* codeOf(oracle.read(id)), "job_not_ended")
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("cancel", () => {
  const cancelled = Effect.fnUntraced(function*(id: JobId) {
    const oracle = yield* Oracle
    const fiber = yield* Effect.forkChild(oracle.cancel(id, "enough"))
    yield* until(Effect.sync(() => fiber.pollUnsafe() !== undefined), 100)
    return yield* Fiber.join(fiber)
  })

  it.effect("ends a running job and says so", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      parts.site.answerMs = 600_000
      const { id } = yield* submit()
      yield* TestClock.adjust(5000)
      const job = yield* cancelled(id)
      assert.strictEqual(job.phase, "cancelled")
      assert.strictEqual(job.cancel?.reason, "enough")
      assert.strictEqual(parts.site.openBrowsers, 0)
      assert.deepStrictEqual(yield* (yield* JobStore).leases, [])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("ends a queued job at once and removes its archive", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.site.answerMs = 600_000
      yield* submit()
      yield* submit()
      const { id } = yield* submit()
      const job = yield* oracle.cancel(id, "enough")
      assert.strictEqual(job.phase, "cancelled")
      assert.isFalse(parts.files.files.has(dirs.job(id).archive("tar.zst")))
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("leaves a complete job complete", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const { id } = yield* submit()
      yield* ended(id)
      const job = yield* cancelled(id)
      assert.strictEqual(job.phase, "complete")
      assert.strictEqual(job.cancel, null)
    }).pipe(Effect.provide(parts.layer))
  })
})

describe("resume", () => {
  it.effect("goes on with a job that failed before its send, as a new attempt", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.site.page = pages.login
      const { id } = yield* submit()
      assert.strictEqual((yield* ended(id)).error?.code, "login_required")
      parts.site.ready()
      yield* oracle.resume(id)
      const done = yield* ended(id)
      assert.strictEqual(done.phase, "complete")
      assert.strictEqual(done.attempt, 2)
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("waits on after a time-out, for at least ten minutes, without another send", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const config = request().config
      parts.site.answerMs = 400_000
      const { id } = yield* submit({
        config: { ...config, worker: { ...config.worker, completionTimeoutMs: 60_000 } }
      })
      assert.strictEqual((yield* ended(id)).error?.code, "completion_timeout")
      assert.isTrue((yield* oracle.read(id)).partial)
      yield* oracle.resume(id)
      const done = yield* ended(id)
      assert.strictEqual(done.phase, "complete")
      assert.isFalse(done.response?.partial)
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("sends a second time only when the person says so", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.site.outcome = (nth) =>
        nth === 0 ? { arrives: false, outcome: { _tag: "Unproven", evidence: "test" } } : undefined
      const { id } = yield* submit()
      assert.strictEqual((yield* ended(id)).error?.code, "send_outcome_unknown")
      yield* oracle.resume(id)
      assert.strictEqual((yield* ended(id)).error?.code, "send_outcome_unknown")
      assert.strictEqual(parts.site.sends.length, 0)
      yield* oracle.resume(id, { sendAgain: true })
      assert.strictEqual((yield* ended(id)).phase, "complete")
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("adopts a conversation that a person names when the prompt is in it", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      parts.site.outcome = () => ({ arrives: true, outcome: { _tag: "Unproven", evidence: "test" } })
      parts.site.fault = (action) =>
        action === "findThread" ? oracleError("extraction_failed", "history hidden") : undefined
      const { id } = yield* submit()
      assert.strictEqual((yield* ended(id)).phase, "failed")
      yield* oracle.resume(id, { conversation: "https://site.test/c/c1" })
      const done = yield* ended(id)
      assert.strictEqual(done.phase, "complete")
      assert.strictEqual(parts.site.sends.length, 1)
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("refuses jobs that did not fail", () => {
    const parts = oracleBench()
    return Effect.gen(function*() {
      const oracle = yield* Oracle
      const { id } = yield* submit()
      assert.strictEqual(yield* codeOf(oracle.resume(id)), "job_active")
      yield* ended(id)
      assert.strictEqual(yield* codeOf(oracle.resume(id)), "usage_error")
    }).pipe(Effect.provide(parts.layer))
  })
})
