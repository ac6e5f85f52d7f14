import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { appendFileSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { HostLauncher } from "../../src/host/HostLauncher.ts"
import * as HostRecord from "../../src/host/HostRecord.ts"
import * as HostStatus from "../../src/host/HostStatus.ts"
import * as HostLauncherNode from "../../src/node/HostLauncherNode.ts"
import { logTail, openLog } from "../../src/node/HostLog.ts"
import { hostEnvironment } from "../../src/node/HostSpawn.ts"
import { Processes } from "../../src/port/Processes.ts"
import { JobStore } from "../../src/store/JobStore.ts"
import { StateDirs } from "../../src/store/StateDirs.ts"
import { codeOf } from "../oracle/support/codeOf.ts"
import { created, jobId, jobRecord } from "../store/fixtures.ts"
import { temporaryDirectory } from "../store/stateDir.ts"
import { brokenHost, clientAt, entryOf, hostProcess, idleHost, running, withState } from "./support/Client.ts"

describe("HostLauncher", () => {
  it.live(
    "starts one host for several clients at once, detached, with a private record and log",
    () =>
      withState(entryOf(hostProcess), (state) =>
        Effect.gen(function*() {
          const clients = Effect.provide(running, clientAt(state, entryOf(hostProcess)), { local: true })
          const records = yield* Effect.all([clients, clients, running], { concurrency: "unbounded" })
          assert.strictEqual(new Set(records.map((record) => record.process.pid)).size, 1)
          assert.strictEqual(records[0].epoch, 1)
          assert.notStrictEqual(records[0].process.pid, process.pid)
          assert.strictEqual(statSync(join(state, "host.json")).mode & 0o777, 0o600)
          assert.strictEqual(statSync(join(state, "host.log")).mode & 0o777, 0o600)
        })),
    60_000
  )

  it.live(
    "runs a submitted job in the host, replaces a killed host, and stops one when asked",
    () =>
      withState(entryOf(hostProcess), (state) =>
        Effect.gen(function*() {
          const store = yield* JobStore
          const first = yield* running
          yield* store.insert(jobRecord(1, { archive: null }), created)
          yield* store.admit(jobId(1), { capacity: 2, perAccount: 5, wait: false })
          // Its prompt file does not exist: the worker of the host process says so.
          while ((yield* store.get(jobId(1))).phase !== "failed") yield* Effect.sleep(20)
          assert.strictEqual((yield* store.get(jobId(1))).error?.code, "storage_failed")

          process.kill(first.process.pid, "SIGKILL")
          const processes = yield* Processes
          while (yield* processes.alive(first.process)) yield* Effect.sleep(20)
          assert.strictEqual((yield* HostStatus.status).state, "absent")
          const second = yield* running
          assert.notStrictEqual(second.process.pid, first.process.pid)
          assert.strictEqual(second.epoch, first.epoch + 1)

          assert.isTrue(yield* HostStatus.stop({ force: false }))
          assert.isFalse(existsSync(join(state, "host.json")))
          assert.isFalse(yield* HostStatus.stop({ force: false }))
        })),
    60_000
  )

  it.live("says why a host did not come up", () =>
    withState(entryOf(brokenHost), () =>
      Effect.gen(function*() {
        const error = yield* Effect.flip((yield* HostLauncher).ensure)
        assert.strictEqual(error.code, "host_start_failed")
        assert.include(error.message, "code 9")
        assert.include(error.message, "no such engine")
      })), 60_000)
})

const pretend = Effect.fnUntraced(function*(part: Partial<HostRecord.HostRecord>) {
  const now = yield* DateTime.now
  yield* HostRecord.write({
    schemaVersion: 1,
    process: (yield* Processes).self,
    epoch: 1,
    version: "1.0.0",
    startedAt: now,
    heartbeatAt: now,
    ending: false,
    embedded: false,
    ...part
  })
})

const soon = () => new Promise<void>((resolve) => setImmediate(resolve))

/** What a host leaves behind when it has come so far. */
const steps = {
  begins: Effect.gen(function*() {
    appendFileSync((yield* StateDirs).hostLog, "process 1 starts as host\n")
  }),
  takesTheLock: Effect.flatMap(JobStore, (store) => store.advanceEpoch),
  isThere: pretend({})
}

describe("a host that comes up slowly", () => {
  /** Waits for a host of 15 s a step; `passes` happens at these seconds. Answers the outcome and when it came. */
  const startWith = (passes: Readonly<Record<number, keyof typeof steps>>) =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      return yield* Effect.gen(function*() {
        const fiber = yield* Effect.forkChild(codeOf((yield* HostLauncher).ensure))
        // The clock stands still until the child is there.
        while (!existsSync(join(state, "host.log"))) yield* Effect.promise(soon)
        for (let seconds = 0; seconds < 120; seconds += 0.5) {
          const step = passes[seconds]
          if (step !== undefined) yield* steps[step]
          for (let turns = 0; turns < 5; turns += 1) yield* Effect.promise(soon)
          if (fiber.pollUnsafe() !== undefined) return { code: yield* Fiber.join(fiber), seconds }
          yield* TestClock.adjust(500)
        }
        return yield* Effect.die(new Error("the wait has no end"))
      }).pipe(Effect.provide(clientAt(state, entryOf(idleHost))))
    })

  it.effect(
    "gets the whole limit once more for its record where it has the lock in time",
    () =>
      Effect.gen(function*() {
        const { code, seconds } = yield* startWith({ 14: "takesTheLock", 28: "isThere" })
        assert.strictEqual(code, "none")
        assert.isAtMost(seconds, 29)
      }),
    30_000
  )

  it.effect(
    "is given up after the limit when it has no lock, whatever it says, and when it stays without a record",
    () =>
      Effect.gen(function*() {
        const [talking, locked] = [yield* startWith({ 10: "begins" }), yield* startWith({ 10: "takesTheLock" })]
        assert.deepStrictEqual([talking.code, locked.code], ["host_start_failed", "host_start_failed"])
        assert.isAtMost(talking.seconds, 17)
        assert.isAbove(locked.seconds, 28)
        assert.isAtMost(locked.seconds, 33)
      }),
    30_000
  )
})

describe("HostLauncher and a host of another kind", () => {
  const ensureWith = (part: Partial<HostRecord.HostRecord>, laterMs: number) =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      return yield* Effect.gen(function*() {
        yield* pretend(part)
        yield* TestClock.adjust(laterMs)
        const fiber = yield* Effect.forkChild(codeOf((yield* HostLauncher).ensure))
        for (let spent = 0; fiber.pollUnsafe() === undefined && spent < 5_000_000; spent += 500) {
          yield* TestClock.adjust(500)
          yield* Effect.promise(soon)
        }
        return { code: yield* Fiber.join(fiber), drained: existsSync(join(state, HostRecord.drainName)) }
      }).pipe(Effect.provide(clientAt(state, entryOf(brokenHost))))
    })

  it.effect("is content with a host of its own version", () =>
    Effect.map(ensureWith({}, 20_000), ({ code }) => assert.strictEqual(code, "none")))

  it.effect("refuses to work with a newer one", () =>
    Effect.map(ensureWith({ version: "1.2.0" }, 0), ({ code, drained }) => {
      assert.strictEqual(code, "host_newer")
      assert.isFalse(drained)
    }))

  it.effect("asks an older one to hand over, for a bounded time", () =>
    Effect.map(ensureWith({ version: "0.9.9" }, 0), ({ code, drained }) => {
      assert.strictEqual(code, "host_unresponsive")
      assert.isTrue(drained)
    }))

  it.effect("reports one that is alive but silent, and never takes its place", () =>
    Effect.map(ensureWith({}, 31_000), ({ code }) => assert.strictEqual(code, "host_unresponsive")))
})

describe("the parts of a start", () => {
  it("orders versions by their numbers", () => {
    assert.strictEqual(HostLauncherNode.compareVersions("1.10.0", "1.9.9"), 1)
    assert.strictEqual(HostLauncherNode.compareVersions("1.0.0-rc.1", "1.0.0"), 0)
    assert.strictEqual(HostLauncherNode.compareVersions("0.9.0", "1.0.0"), -1)
  })

  it("passes on only what a host needs of the environment", () => {
    const env = {
      PATH: "/bin",
      ORACLE_STATE_DIR: "/s",
      XDG_CACHE_HOME: "/c",
      AWS_SECRET_ACCESS_KEY: "k",
      NODE_OPTIONS: "-x"
    }
    assert.deepStrictEqual(hostEnvironment(env), { PATH: "/bin", ORACLE_STATE_DIR: "/s", XDG_CACHE_HOME: "/c" })
  })

  it.effect("moves a log of more than a megabyte aside", () =>
    Effect.gen(function*() {
      const directory = yield* temporaryDirectory
      mkdirSync(join(directory, "x"))
      const path = join(directory, "host.log")
      writeFileSync(path, "a".repeat(1024 * 1024 + 1))
      const log = openLog(path)
      assert.strictEqual(log.from, 0)
      assert.strictEqual(statSync(path).size, 0)
      assert.isTrue(existsSync(`${path}.1`))
      writeFileSync(path, "first\nsecond\n")
      assert.include(logTail(path, 6), "second")
      assert.notInclude(logTail(path, 6), "first")
    }))
})
