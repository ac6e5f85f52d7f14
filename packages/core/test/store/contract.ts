/** What every JobStore keeps to; run against the memory and the SQL store. */
import { assert, it } from "@effect/vitest"
import { DateTime, Effect, type Layer, Option, Result, Stream } from "effect"
import { AccountName, ProjectId } from "../../src/domain/Ids.ts"
import type { Job } from "../../src/domain/Job.ts"
import * as Transition from "../../src/domain/JobTransition.ts"
import { emptyLedger } from "../../src/domain/SendLedger.ts"
import { oracleError, viewOf } from "../../src/error/OracleError.ts"
import { type Change, JobStore } from "../../src/store/JobStore.ts"
import { created, jobId, jobRecord, project } from "./fixtures.ts"

const to = (phase: Job["phase"]): Change => (job, now) => Transition.toPhase(job, phase, now)
const failed = viewOf(oracleError("outage", "the site is down"))
const room = { capacity: 2, perAccount: 5, wait: false }

const add = Effect.fnUntraced(function*(n: number, part: Partial<Job> = {}) {
  const store = yield* JobStore
  return yield* store.insert(jobRecord(n, part), created)
})

const submit = Effect.fnUntraced(function*(n: number, part: Partial<Job> = {}, options = room) {
  const store = yield* JobStore
  yield* add(n, part)
  return yield* store.admit(jobId(n), options)
})

const end = Effect.fnUntraced(function*(n: number) {
  const store = yield* JobStore
  yield* store.update(jobId(n), (job, now) => Transition.fail(job, failed, now))
  yield* store.release(jobId(n), ["runtime", "conversation"])
})

export const contract = (layer: () => Layer.Layer<JobStore, unknown>) => {
  const behaves = (name: string, body: Effect.Effect<void, unknown, JobStore>) =>
    it.effect(name, () => body.pipe(Effect.provide(layer())))

  behaves(
    "gives back what was inserted, with its first event",
    Effect.gen(function*() {
      const store = yield* JobStore
      yield* add(1)
      assert.deepStrictEqual(yield* store.get(jobId(1)), jobRecord(1))
      const events = yield* store.events(jobId(1))
      assert.deepStrictEqual(events.map(({ kind, seq }) => [seq, kind]), [[1, "created"]])
    })
  )

  behaves(
    "refuses a second job with the same id",
    Effect.gen(function*() {
      yield* add(1)
      assert.strictEqual((yield* Effect.flip(add(1, { cwd: "/elsewhere" }))).code, "internal_error")
      assert.strictEqual((yield* (yield* JobStore).get(jobId(1))).cwd, project)
    })
  )

  behaves(
    "says that an unknown job is not found",
    Effect.gen(function*() {
      const store = yield* JobStore
      assert.strictEqual((yield* Effect.flip(store.get(jobId(9)))).code, "job_not_found")
      const error = yield* Effect.flip(store.update(jobId(9), to("queued")))
      assert.strictEqual(error._tag === "OracleError" ? error.code : error._tag, "job_not_found")
    })
  )

  behaves(
    "lists newest first, by project, status and limit",
    Effect.gen(function*() {
      const store = yield* JobStore
      for (const n of [2, 1, 3, 4]) yield* add(n)
      yield* add(5, { projectId: ProjectId.make("/other") })
      yield* store.update(jobId(3), to("queued"))
      const ids = (filter: Parameters<typeof store.list>[0]) =>
        Effect.map(store.list(filter), ({ jobs }) => jobs.map((job) => job.id))
      assert.deepStrictEqual(yield* ids({}), [5, 4, 3, 2, 1].map(jobId))
      assert.deepStrictEqual(yield* ids({ projectId: project, limit: 2 }), [4, 3].map(jobId))
      assert.deepStrictEqual(yield* ids({ statuses: ["queued"] }), [jobId(3)])
      assert.deepStrictEqual(yield* ids({ statuses: [] }), [])
    })
  )

  behaves(
    "shows the jobs that are not ended, oldest first",
    Effect.gen(function*() {
      const store = yield* JobStore
      for (const n of [3, 1, 2]) yield* add(n)
      yield* end(2)
      assert.deepStrictEqual((yield* store.open).map((job) => job.id), [1, 3].map(jobId))
    })
  )

  behaves(
    "writes a change with its events, or nothing at all",
    Effect.gen(function*() {
      const store = yield* JobStore
      yield* add(1)
      const refused = yield* Effect.flip(store.update(jobId(1), to("sending"), {
        events: [{ source: "worker", kind: "note", message: "never" }]
      }))
      assert.strictEqual(refused._tag, "IllegalTransition")
      const queued = yield* store.update(jobId(1), to("queued"), {
        events: (job) => [{ source: "host", kind: "phase", message: job.phase }]
      })
      assert.strictEqual(queued.phase, "queued")
      assert.strictEqual((yield* store.get(jobId(1))).status, "queued")
      assert.deepStrictEqual((yield* store.events(jobId(1), 1)).map(({ message, seq }) => [seq, message]), [[
        2,
        "queued"
      ]])
    })
  )

  behaves(
    "keeps an event of an update that changes nothing else",
    Effect.gen(function*() {
      const store = yield* JobStore
      yield* add(1)
      yield* store.update(jobId(1), Result.succeed, {
        events: [{ source: "worker", kind: "warning", message: "slow" }]
      })
      assert.deepStrictEqual((yield* store.events(jobId(1), 1)).map((event) => event.message), ["slow"])
    })
  )

  behaves(
    "never loses one of many updates at once",
    Effect.gen(function*() {
      const store = yield* JobStore
      yield* add(1)
      yield* Effect.forEach(
        Array.from({ length: 30 }),
        () => store.update(jobId(1), (job) => Result.succeed({ ...job, observedMs: job.observedMs + 1 })),
        { concurrency: "unbounded" }
      )
      assert.strictEqual((yield* store.get(jobId(1))).observedMs, 30)
    })
  )

  behaves(
    "lets only the current epoch write through a fence",
    Effect.gen(function*() {
      const store = yield* JobStore
      yield* submit(1)
      const first = yield* store.advanceEpoch
      yield* store.update(jobId(1), to("cloning_runtime"), { fence: first })
      const second = yield* store.advanceEpoch
      assert.isAbove(second.epoch, first.epoch)
      const stale = yield* Effect.flip(store.update(jobId(1), to("launching_browser"), { fence: first }))
      assert.strictEqual(stale._tag, "Fenced")
      assert.strictEqual((yield* Effect.flip(store.promote(first, room)))._tag, "Fenced")
      assert.strictEqual((yield* Effect.flip(store.takeConversation(jobId(1), "c", first)))._tag, "Fenced")
      assert.strictEqual((yield* store.get(jobId(1))).phase, "cloning_runtime")
      assert.strictEqual(yield* store.epoch, second.epoch)
    })
  )

  behaves(
    "admits up to the capacity and queues the rest, without a lease",
    Effect.gen(function*() {
      const store = yield* JobStore
      const phases = yield* Effect.forEach([1, 2, 3], (n) => Effect.map(submit(n), (job) => job.phase))
      assert.deepStrictEqual(phases, ["submitted", "submitted", "queued"])
      assert.deepStrictEqual((yield* store.leases).map((lease) => [lease.kind, lease.job]), [
        ["runtime", jobId(1)],
        ["runtime", jobId(2)]
      ])
      const third = yield* store.get(jobId(3))
      assert.isNotNull(third.queuedAt)
      assert.isNull(third.submittedAt)
    })
  )

  behaves(
    "admitting a job again changes nothing",
    Effect.gen(function*() {
      const store = yield* JobStore
      const first = yield* submit(1)
      assert.deepStrictEqual(yield* store.admit(jobId(1), room), first)
      assert.strictEqual((yield* store.leases).length, 1)
    })
  )

  behaves(
    "does not admit a job that was cancelled meanwhile",
    Effect.gen(function*() {
      const store = yield* JobStore
      yield* add(1)
      yield* store.update(
        jobId(1),
        (job, now) => Transition.cancelled({ ...job, cancel: { requestedAt: now, reason: "changed my mind" } }, now)
      )
      assert.strictEqual((yield* Effect.flip(store.admit(jobId(1), room))).code, "cancelled")
      assert.deepStrictEqual(yield* store.leases, [])
    })
  )

  behaves(
    "promotes in queue order when a place is free",
    Effect.gen(function*() {
      const store = yield* JobStore
      const fence = yield* store.advanceEpoch
      for (const n of [1, 2, 3, 4]) yield* submit(n)
      assert.deepStrictEqual(yield* store.promote(fence, room), [])
      yield* end(1)
      const promoted = yield* store.promote(fence, room)
      assert.deepStrictEqual(promoted.map((job) => [job.id, job.phase]), [[jobId(3), "submitted"]])
      assert.strictEqual((yield* store.get(jobId(4))).phase, "queued")
    })
  )

  behaves(
    "promotes no job that is to be cancelled",
    Effect.gen(function*() {
      const store = yield* JobStore
      const fence = yield* store.advanceEpoch
      for (const n of [1, 2, 3, 4]) yield* submit(n)
      yield* store.update(
        jobId(3),
        (job, now) => Result.succeed({ ...job, cancel: { requestedAt: now, reason: "no" } })
      )
      yield* end(1)
      assert.deepStrictEqual((yield* store.promote(fence, room)).map((job) => job.id), [jobId(4)])
    })
  )

  behaves(
    "gives a free place to the oldest queued job, not to the newcomer",
    Effect.gen(function*() {
      const store = yield* JobStore
      for (const n of [1, 2, 3]) yield* submit(n)
      yield* end(1)
      assert.strictEqual((yield* submit(4)).phase, "queued")
      assert.strictEqual((yield* store.get(jobId(3))).phase, "submitted")
    })
  )

  behaves(
    "keeps the limit of one account",
    Effect.gen(function*() {
      const narrow = { capacity: 9, perAccount: 1, wait: false }
      const phases = [
        (yield* submit(1, {}, narrow)).phase,
        (yield* submit(2, {}, narrow)).phase,
        (yield* submit(3, { account: AccountName.make("second") }, narrow)).phase,
        (yield* submit(4, { site: "grok" }, narrow)).phase
      ]
      assert.deepStrictEqual(phases, ["submitted", "queued", "submitted", "submitted"])
    })
  )

  behaves(
    "refuses a busy conversation, naming job and project, or waits when asked",
    Effect.gen(function*() {
      const store = yield* JobStore
      const follow = { conversationId: "c1" }
      yield* submit(1, follow)
      const busy = yield* Effect.flip(submit(2, follow))
      assert.strictEqual(busy.code, "conversation_busy")
      assert.deepStrictEqual(busy.facts, { job: jobId(1), project })
      assert.strictEqual((yield* store.get(jobId(2))).phase, "preparing")
      assert.strictEqual((yield* submit(3, follow, { ...room, wait: true })).phase, "queued")
      assert.strictEqual((yield* submit(4)).phase, "submitted")
      yield* end(1)
      const fence = yield* store.advanceEpoch
      assert.deepStrictEqual((yield* store.promote(fence, room)).map((job) => job.id), [jobId(3)])
    })
  )

  behaves(
    "refuses what the queue cannot hold, naming the jobs before it",
    Effect.gen(function*() {
      const store = yield* JobStore
      const one = jobRecord(0).config
      const limited = (queue: { maxJobs: number; maxBytes: number }) => ({ config: { ...one, queue } })
      const byCount = limited({ maxJobs: 1, maxBytes: 1e9 })
      for (const n of [1, 2, 3]) yield* submit(n, byCount)
      const full = yield* Effect.flip(submit(4, byCount))
      assert.strictEqual(full.code, "queue_full")
      assert.deepStrictEqual(full.facts, { jobs: [jobId(3)] })
      assert.include(full.message, jobId(3))
      const byBytes = yield* Effect.flip(submit(5, limited({ maxJobs: 9, maxBytes: 1999 })))
      assert.strictEqual(byBytes.code, "queue_full")
      assert.strictEqual((yield* submit(6, limited({ maxJobs: 9, maxBytes: 2000 }))).phase, "queued")
      assert.strictEqual((yield* store.leases).length, 2)
    })
  )

  behaves(
    "counts archives that a cancelled queued job still keeps",
    Effect.gen(function*() {
      const store = yield* JobStore
      const config = { ...jobRecord(0).config, queue: { maxJobs: 9, maxBytes: 2500 } }
      for (const n of [1, 2, 3]) yield* submit(n, { config })
      yield* store.update(jobId(3), (job, now) =>
        Transition.cancelled({
          ...job,
          cancel: { requestedAt: now, reason: "no" },
          cleanup: { ...job.cleanup, pending: true }
        }, now))
      assert.strictEqual((yield* submit(4, { config })).phase, "queued")
      assert.strictEqual((yield* Effect.flip(submit(5, { config }))).code, "queue_full")
    })
  )

  behaves(
    "gives a conversation to one job only",
    Effect.gen(function*() {
      const store = yield* JobStore
      const fence = yield* store.advanceEpoch
      for (const n of [1, 2]) yield* submit(n)
      yield* store.takeConversation(jobId(1), "c1", fence)
      yield* store.takeConversation(jobId(1), "c1", fence)
      const busy = yield* Effect.flip(store.takeConversation(jobId(2), "c1", fence))
      assert.strictEqual(busy._tag === "OracleError" ? busy.code : busy._tag, "conversation_busy")
      const held = (yield* store.leases).filter((lease) => lease.kind === "conversation")
      assert.deepStrictEqual(held.map(({ job, key }) => [key, job]), [["practice/c1", jobId(1)]])
    })
  )

  behaves(
    "releases only leases of that job, and none that a later epoch took over",
    Effect.gen(function*() {
      const store = yield* JobStore
      const first = yield* store.advanceEpoch
      for (const n of [1, 2]) yield* submit(n)
      const second = yield* store.advanceEpoch
      yield* store.takeConversation(jobId(1), "c1", second)
      yield* store.release(jobId(1), ["runtime", "conversation"], first)
      assert.deepStrictEqual((yield* store.leases).map(({ job, kind }) => `${kind} ${job}`).toSorted(), [
        `conversation ${jobId(1)}`,
        `runtime ${jobId(2)}`
      ])
      yield* store.release(jobId(1), ["conversation"])
      assert.deepStrictEqual((yield* store.leases).map((lease) => lease.job), [jobId(2)])
    })
  )

  behaves(
    "removes an ended job with everything of it, never an open one",
    Effect.gen(function*() {
      const store = yield* JobStore
      yield* submit(1)
      assert.strictEqual((yield* Effect.flip(store.remove(jobId(1)))).code, "job_active")
      yield* store.update(jobId(1), (job, now) => Transition.fail(job, failed, now))
      yield* store.remove(jobId(1))
      assert.strictEqual((yield* Effect.flip(store.get(jobId(1)))).code, "job_not_found")
      assert.deepStrictEqual(yield* store.leases, [])
      assert.deepStrictEqual(yield* store.events(jobId(1)), [])
    })
  )

  behaves(
    "keeps every field of a record through a round trip",
    Effect.gen(function*() {
      const store = yield* JobStore
      const now = DateTime.makeUnsafe("2026-03-01T11:22:33.444Z")
      const process = { pid: 7, startTime: "123", bootId: "b", nonce: "n" }
      const full = jobRecord(1, {
        blocked: { reason: "login", since: now, retryAt: null },
        send: { ...emptyLedger, state: "attempting", attemptingAt: now },
        host: { epoch: 3, process },
        runtime: { id: "r", profileDir: "/r/ä ö", browser: process, seedGeneration: 2 },
        error: failed,
        cwd: "/tmp/名前\u0000\ud83d\ude00 $& \\ \" '"
      })
      yield* store.insert(full, created)
      assert.deepStrictEqual(yield* store.get(jobId(1)), full)
    })
  )

  it.live("tells a watcher at the start and after a change", () =>
    Effect.gen(function*() {
      const store = yield* JobStore
      const seen = yield* store.changes.pipe(
        Stream.mapEffect(() => Effect.map(store.list({}), ({ jobs }) => jobs.length)),
        Stream.tap((count) => count === 0 ? add(1) : Effect.void),
        Stream.takeUntil((count) => count === 1),
        Stream.runLast,
        Effect.timeout("5 seconds")
      )
      assert.deepStrictEqual(seen, Option.some(1))
    }).pipe(Effect.provide(layer())))
}
