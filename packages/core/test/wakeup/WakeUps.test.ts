import { assert, describe, it } from "@effect/vitest"
import { Arbitrary, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { ProjectId } from "../../src/domain/Ids.ts"
import type { Job } from "../../src/domain/Job.ts"
import { emptyCleanup, emptyWakeUp } from "../../src/domain/JobTransition.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import * as JobStoreMemory from "../../src/store/JobStoreMemory.ts"
import * as WakeUps from "../../src/wakeup/WakeUps.ts"
import { created, jobId, jobRecord, start } from "../store/fixtures.ts"
import { processRecord } from "../worker/support/Fakes.ts"
import { Command, Machine } from "./support/Machine.ts"

const ended = (part: Partial<Job> = {}): Job =>
  jobRecord(1, {
    status: "complete",
    phase: "complete",
    completedAt: start,
    requester: { kind: "pi", owner: null },
    sessionId: "origin",
    originSessionFile: "/sessions/origin",
    host: { epoch: 1, process: processRecord(7) },
    ...part
  })

const theJob = Effect.flatMap(JobStore, (store) => store.get(jobId(1)))
const insert = (part: Partial<Job> = {}) => Effect.flatMap(JobStore, (store) => store.insert(ended(part), created))
const now = TestClock.setTime(start.epochMilliseconds)
const reader = (key: string) => ({ source: "oracle_read", sessionFile: `/sessions/${key}`, sessionKey: key })
const seconds = (count: number) => TestClock.adjust(count * 1000)

const apply = Effect.fnUntraced(function*(machine: Machine, command: Command) {
  switch (command._tag) {
    case "Open":
      return yield* machine.open(command.process, command.session)
    case "Look":
      return yield* machine.look(command.process)
    case "Close":
      return yield* machine.close(command.process)
    case "Kill":
      return machine.kill(command.process)
    case "KillAtSend":
      return machine.with(command.process, (agent) => {
        agent.fate = command.arrives ? "dies after it arrived" : "dies before it arrives"
      })
    case "Busy":
      return machine.with(command.process, (agent) => {
        agent.busy = true
      })
    case "Free":
      return machine.free(command.process)
    case "Wait":
      return yield* seconds(command.seconds)
    case "Read":
      return yield* WakeUps.noteRead(jobId(1), reader(command.session === 0 ? "origin" : "other"))
  }
})

const fresh = Layer.fresh(JobStoreMemory.layer)

describe("a wake-up", () => {
  it.effect.prop(
    "comes once, at most three times tried, never beside a live session that asked, never after it is settled, and is not lost",
    [Arbitrary.array(Arbitrary.schema(Command), { maxLength: 40 })],
    ([commands]) =>
      Effect.gen(function*() {
        const machine = new Machine()
        yield* now
        yield* insert()
        yield* machine.open(1, 0)
        for (const command of commands) {
          yield* apply(machine, command)
          assert.isAtMost(machine.sent.length, 3)
          for (const count of machine.entries.values()) assert.isAtMost(count, 1)
          for (const sent of machine.sent) {
            assert.strictEqual(sent.startsTurn, sent.session === "origin")
            assert.isTrue(sent.session === "origin" || !sent.originLive)
            assert.isFalse(sent.settled)
          }
        }
        for (const process of [1, 2, 3]) yield* machine.close(process)
        yield* machine.open(1, 0)
        for (const wait of [0, 16, 61, 61]) {
          yield* seconds(wait)
          yield* machine.look(1)
        }
        const { settled } = (yield* theJob).wakeUp
        assert.isTrue(settled !== null || machine.sent.length === 3 || (machine.entries.get("origin") ?? 0) === 1)
      }).pipe(Effect.provide(fresh, { local: true })),
    { arbitrary: { runs: 120, size: 40 }, timeout: 60_000 }
  )

  it.effect("is sent again after 15 and after 60 seconds while nothing arrives, and then never", () =>
    Effect.gen(function*() {
      const machine = new Machine()
      yield* now
      yield* insert()
      for (const [wait, sent] of [[0, 1], [14, 1], [2, 2], [58, 2], [3, 3], [600, 3]] as const) {
        yield* seconds(wait)
        yield* machine.open(1, 0)
        machine.with(1, (agent) => {
          agent.fate = "dies before it arrives"
        })
        yield* machine.look(1)
        assert.strictEqual(machine.sent.length, sent, `${wait}`)
      }
    }).pipe(Effect.provide(fresh)))

  it.effect("comes when the browser is gone, so that a follow-up is possible at once, or ten seconds after the end", () =>
    Effect.gen(function*() {
      const machine = new Machine()
      yield* now
      yield* insert({ cleanup: { ...emptyCleanup, pending: true } })
      yield* machine.open(1, 0)
      yield* seconds(9)
      yield* machine.look(1)
      assert.deepStrictEqual(machine.sent, [])
      yield* seconds(1)
      yield* machine.look(1)
      assert.strictEqual(machine.sent.length, 1)
    }).pipe(Effect.provide(fresh)))

  it.effect("that arrived before its sender died is kept, not sent again", () =>
    Effect.gen(function*() {
      const machine = new Machine()
      yield* now
      yield* insert()
      yield* machine.open(1, 0)
      machine.with(1, (agent) => {
        agent.fate = "dies after it arrived"
      })
      yield* machine.look(1)
      yield* seconds(1)
      yield* machine.open(2, 0)
      yield* machine.look(2)
      const { wakeUp } = yield* theJob
      assert.deepStrictEqual([wakeUp.attemptCount, wakeUp.notified?.entryId], [1, "entry of origin"])
      assert.isNull(wakeUp.claimed)
    }).pipe(Effect.provide(fresh)))

  it.effect("that a closing session did not take is not counted, and comes when it is opened again", () =>
    Effect.gen(function*() {
      const machine = new Machine()
      yield* now
      yield* insert()
      yield* machine.open(1, 0)
      machine.with(1, (agent) => {
        agent.fate = "closes"
      })
      yield* machine.look(1)
      assert.deepStrictEqual((yield* theJob).wakeUp, emptyWakeUp)
      yield* machine.close(1)
      yield* machine.open(2, 0)
      yield* machine.look(2)
      assert.strictEqual(machine.sent.length, 1)
    }).pipe(Effect.provide(fresh)))

  it.effect("waits as long as the session is busy, however long, and keeps its claim", () =>
    Effect.gen(function*() {
      const machine = new Machine()
      yield* now
      yield* insert()
      yield* machine.open(1, 0)
      machine.with(1, (agent) => {
        agent.busy = true
      })
      for (let look = 0; look < 30; look++) {
        yield* machine.look(1)
        yield* seconds(10)
      }
      const { claimed } = (yield* theJob).wakeUp
      assert.isAtMost(300_000 - ((claimed?.at.epochMilliseconds ?? 0) - start.epochMilliseconds), 60_000)
      machine.free(1)
      yield* machine.look(1)
      assert.strictEqual(machine.sent.length, 1)
      assert.strictEqual((yield* theJob).wakeUp.notified?.sessionKey, "origin")
    }).pipe(Effect.provide(fresh)))

  it.effect("of a dead session tells another one of the project, and still wakes the one that asked", () =>
    Effect.gen(function*() {
      const machine = new Machine()
      yield* now
      yield* insert()
      yield* machine.open(2, 1)
      yield* machine.look(2)
      assert.deepStrictEqual(machine.sent, [])
      yield* seconds(15)
      yield* machine.look(2)
      assert.deepStrictEqual(machine.sent.map(({ session, startsTurn }) => [session, startsTurn]), [["other", false]])
      yield* seconds(600)
      yield* machine.look(2)
      yield* machine.open(1, 0)
      yield* machine.look(1)
      assert.deepStrictEqual(machine.sent.map(({ session }) => session), ["other", "origin"])
    }).pipe(Effect.provide(fresh)))

  it.effect("is for sessions of the project and the kind that asked, and for jobs that were admitted", () =>
    Effect.gen(function*() {
      yield* now
      for (
        const part of [
          { requester: { kind: "cli", owner: null } },
          { sessionId: null },
          { status: "failed", phase: "failed", host: null },
          { status: "waiting", phase: "awaiting_response", completedAt: null }
        ] satisfies ReadonlyArray<Partial<Job>>
      ) {
        const machine = new Machine()
        yield* Effect.gen(function*() {
          yield* insert(part)
          yield* machine.open(1, 0)
          yield* machine.look(1)
        }).pipe(Effect.provide(fresh, { local: true }))
        assert.deepStrictEqual(machine.sent, [], JSON.stringify(part.status))
      }
      const elsewhere = new Machine(ProjectId.make("/home/person/other"))
      yield* insert()
      yield* elsewhere.open(1, 0)
      yield* elsewhere.look(1)
      assert.deepStrictEqual(elsewhere.sent, [])
    }).pipe(Effect.provide(fresh)))
})

describe("reading an ended job", () => {
  it.effect("is an observation before the first reminder, and settles the job after it", () =>
    Effect.gen(function*() {
      const machine = new Machine()
      yield* now
      yield* insert()
      yield* WakeUps.noteRead(jobId(1), reader("origin"))
      assert.deepStrictEqual((yield* theJob).wakeUp.settled, null)
      assert.strictEqual((yield* theJob).wakeUp.observed?.source, "oracle_read")
      yield* machine.open(1, 0)
      yield* machine.look(1)
      assert.strictEqual(machine.sent.length, 1)
      yield* WakeUps.noteRead(jobId(1), reader("other"))
      const { observed, settled } = (yield* theJob).wakeUp
      assert.deepStrictEqual([observed?.sessionKey, settled?.sessionKey, settled?.beforeFirstAttempt], [
        "origin",
        "other",
        false
      ])
    }).pipe(Effect.provide(fresh)))

  it.effect("that comes before the reminder was seen in the session keeps that it arrived", () =>
    Effect.gen(function*() {
      const machine = new Machine()
      yield* now
      yield* insert()
      yield* machine.open(1, 0)
      machine.with(1, (agent) => {
        agent.busy = true
      })
      yield* machine.look(1)
      machine.free(1)
      yield* WakeUps.noteRead(jobId(1), reader("origin"))
      yield* machine.look(1)
      const { claimed, notified, settled } = (yield* theJob).wakeUp
      assert.deepStrictEqual([claimed, notified?.entryId, settled?.source], [null, "entry of origin", "oracle_read"])
    }).pipe(Effect.provide(fresh)))

  it.effect("changes nothing of a job that nobody's session asked for", () =>
    Effect.gen(function*() {
      yield* now
      const before = yield* insert({ sessionId: null, requester: { kind: "cli", owner: null } })
      yield* WakeUps.noteRead(jobId(1), reader("origin"))
      assert.deepStrictEqual(yield* theJob, before)
    }).pipe(Effect.provide(fresh)))

  it.effect("is needless for the session that ended the job itself", () =>
    Effect.gen(function*() {
      const machine = new Machine()
      yield* now
      yield* insert({ status: "cancelled", phase: "cancelled" })
      yield* WakeUps.settle(jobId(1), reader("origin"))
      yield* machine.open(1, 0)
      yield* machine.look(1)
      assert.deepStrictEqual(machine.sent, [])
      assert.isTrue((yield* theJob).wakeUp.settled?.beforeFirstAttempt)
    }).pipe(Effect.provide(fresh)))
})
