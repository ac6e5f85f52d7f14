import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Exit, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { oracleError } from "../../src/error/OracleError.ts"
import * as HostExits from "../../src/host/HostExits.ts"
import * as HostRecord from "../../src/host/HostRecord.ts"
import { start } from "../store/fixtures.ts"
import { admitted, job, until } from "../worker/support/Bench.ts"
import { allEnded, hostBench, startHost } from "./support/HostBench.ts"

const at = (seconds: number) => DateTime.add(start, { seconds })
const millis = (seconds: number) => DateTime.toEpochMillis(at(seconds))

const exit = (part: Partial<HostExits.HostExit> = {}): HostExits.HostExit => ({
  pid: 7,
  startedAt: at(0),
  endedAt: at(4),
  reason: null,
  code: null,
  signal: null,
  rapid: true,
  ...part
})

describe("rapid exits", () => {
  it("count for two minutes", () => {
    assert.strictEqual(HostExits.rapidOf([exit()], millis(123)).length, 1)
    assert.strictEqual(HostExits.rapidOf([exit()], millis(125)).length, 0)
    assert.strictEqual(HostExits.rapidOf([exit({ rapid: false })], millis(5)).length, 0)
  })

  it("do not count for ever when the clock was set back", () => {
    assert.strictEqual(HostExits.rapidOf([exit()], millis(-200)).length, 0)
  })
})

describe("two reports of one end", () => {
  it("become one entry with what each knows", () => {
    const found = exit({ startedAt: at(2) })
    const [one, ...more] = HostExits.merge([found], exit({ signal: "SIGKILL" }))
    assert.deepStrictEqual(more, [])
    assert.deepStrictEqual([one?.signal, one?.startedAt], ["SIGKILL", at(2)])
  })

  it("stay two for another start of the same process id", () => {
    assert.strictEqual(HostExits.merge([exit()], exit({ startedAt: at(90), endedAt: at(95) })).length, 2)
  })

  it("never make more than ten entries", () => {
    let exits: ReadonlyArray<HostExits.HostExit> = []
    for (let pid = 1; pid <= 30; pid += 1) exits = HostExits.merge(exits, exit({ pid }))
    assert.deepStrictEqual([exits.length, exits.at(-1)?.pid], [10, 30])
  })
})

describe("an end in words", () => {
  it("names signal, code and reason, whatever is known", () => {
    assert.include(HostExits.describe(exit({ signal: "SIGKILL" })), "pid 7 killed by SIGKILL after 4.0 s")
    assert.include(HostExits.describe(exit({ code: 1, reason: "no disk" })), "exited with code 1 after 4.0 s: no disk")
    assert.include(HostExits.describe(exit({ reason: "idle", endedAt: at(90) })), "ended after 90 s: idle")
    assert.include(HostExits.describe(exit()), "found dead after 4.0 s")
  })
})

describe("a host", () => {
  const last = Effect.map(HostExits.read, (exits) => exits.at(-1))

  it.effect("remembers that it ended for idleness", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const host = yield* startHost()
      yield* until(Effect.sync(() => host.pollUnsafe() !== undefined))
      assert.deepStrictEqual(yield* Effect.map(last, (exit) => [exit?.reason, exit?.rapid]), ["idle", false])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("remembers why it failed, as a rapid exit when no job moved", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.files.fault = (path) =>
        path.endsWith("host.json") ? oracleError("disk_full", "no space for host.json") : undefined
      const host = yield* startHost()
      yield* until(Effect.sync(() => host.pollUnsafe() !== undefined))
      assert.isTrue(Exit.isFailure(yield* Fiber.await(host)))
      assert.deepStrictEqual(yield* Effect.map(last, (exit) => [exit?.reason, exit?.rapid]), [
        "no space for host.json",
        true
      ])
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("says that it ends before it stops its workers, and gives the lock back last", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      parts.site.answerMs = 600_000
      parts.site.closing = Effect.sleep(5000)
      const id = yield* admitted(parts)
      const host = yield* startHost()
      yield* until(Effect.map(job(id), (job) => job.phase === "awaiting_response"))
      const stopping = yield* Effect.forkChild(Fiber.interrupt(host))
      yield* TestClock.adjust(1000)
      assert.strictEqual((yield* HostRecord.read)?.ending, true)
      assert.isTrue(parts.lock.held)
      assert.strictEqual(parts.site.openBrowsers, 1)
      yield* TestClock.adjust(5000)
      yield* Fiber.await(stopping)
      assert.deepStrictEqual([parts.site.openBrowsers, parts.lock.held], [0, false])
      assert.strictEqual(yield* Effect.map(last, (exit) => exit?.reason), "stopped")
      assert.strictEqual((yield* job(id)).phase, "awaiting_response")
    }).pipe(Effect.provide(parts.layer))
  })

  it.effect("stays without work when a service manager keeps it", () => {
    const parts = hostBench()
    return Effect.gen(function*() {
      const host = yield* startHost([], false, true)
      yield* TestClock.adjust(600_000)
      assert.isUndefined(host.pollUnsafe())
      const id = yield* admitted(parts)
      yield* until(allEnded([id]))
    }).pipe(Effect.provide(parts.layer))
  })
})
