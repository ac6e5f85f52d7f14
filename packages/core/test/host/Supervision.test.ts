import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { existsSync } from "node:fs"
import { join } from "node:path"
import * as HostExits from "../../src/host/HostExits.ts"
import { HostLauncher } from "../../src/host/HostLauncher.ts"
import * as HostRecord from "../../src/host/HostRecord.ts"
import * as HostStatus from "../../src/host/HostStatus.ts"
import { Processes } from "../../src/port/Processes.ts"
import { codeOf } from "../oracle/support/codeOf.ts"
import { clientAt, entryOf, hostProcess, running, withState } from "./support/Client.ts"

const dyingHost = new URL("./support/dyingHost.ts", import.meta.url)

const gone = Effect.fnUntraced(function*({ process }: HostRecord.HostRecord) {
  const processes = yield* Processes
  while (yield* processes.alive(process)) yield* Effect.sleep(20)
})

describe("a host that keeps dying", () => {
  it.live(
    "is given up for all clients, until a command tries once more, and each end is told",
    () =>
      withState(entryOf(dyingHost), (state) =>
        Effect.gen(function*() {
          const launcher = yield* HostLauncher
          const first = yield* Effect.flip(launcher.keep)
          assert.strictEqual(first.code, "host_start_failed")
          assert.include(first.message, "ended 4 times")
          assert.strictEqual(first.message.match(/pid \d+ killed by SIGKILL after \d/g)?.length, 4)
          assert.include(first.message, "about to die")
          assert.deepStrictEqual(first.facts, { exits: 4, code: null, signal: "SIGKILL" })

          const other = clientAt(state, entryOf(dyingHost))
          const keep = Effect.flatMap(HostLauncher, (launcher) => launcher.keep)
          const ensure = Effect.flatMap(HostLauncher, (launcher) => launcher.ensure)
          yield* Effect.flip(Effect.provide(keep, other, { local: true }))
          assert.strictEqual((yield* HostExits.read).length, 4)
          const again = yield* Effect.flip(Effect.provide(ensure, other, { local: true }))
          assert.include(again.message, "ended 5 times")
          assert.strictEqual((yield* HostExits.read).length, 5)
        })),
    60_000
  )
})

describe("a host that stands still", () => {
  it.live(
    "is reported, keeps its lock, and is ended by force",
    () =>
      withState(entryOf(hostProcess), () =>
        Effect.gen(function*() {
          const record = yield* running
          process.kill(record.process.pid, "SIGSTOP")
          // As it looks half a minute later.
          yield* HostRecord.write({ ...record, heartbeatAt: DateTime.subtract(yield* DateTime.now, { seconds: 31 }) })
          const launcher = yield* HostLauncher
          const error = yield* Effect.flip(launcher.ensure)
          assert.strictEqual(error.code, "host_unresponsive")
          assert.include(error.message, String(record.process.pid))
          assert.isTrue(yield* (yield* Processes).alive(record.process))

          assert.isTrue(yield* HostStatus.stop({ force: true }))
          assert.isFalse(yield* (yield* Processes).alive(record.process))
          assert.strictEqual((yield* running).epoch, record.epoch + 1)
        })),
    60_000
  )
})

describe("hosts of two versions", () => {
  it.live(
    "hand over to the newer client; the older one is told to update",
    () =>
      withState(entryOf(hostProcess), (state) =>
        Effect.gen(function*() {
          const older = yield* running
          const newer = yield* Effect.provide(running, clientAt(state, entryOf(hostProcess, "1.1.0")), { local: true })
          assert.deepStrictEqual([newer.version, newer.epoch], ["1.1.0", older.epoch + 1])
          assert.strictEqual(yield* codeOf((yield* HostLauncher).ensure), "host_newer")
          const [exit] = yield* HostExits.read
          assert.deepStrictEqual([exit?.pid, exit?.reason, exit?.rapid], [older.process.pid, "drained", false])
        })),
    60_000
  )
})

describe("the end of a host", () => {
  it.live(
    "by SIGTERM takes the record away and is remembered as asked for",
    () =>
      withState(entryOf(hostProcess), (state) =>
        Effect.gen(function*() {
          const record = yield* running
          process.kill(record.process.pid, "SIGTERM")
          yield* gone(record)
          assert.isFalse(existsSync(join(state, "host.json")))
          const [exit] = yield* HostExits.read
          assert.deepStrictEqual([exit?.reason, exit?.rapid], ["stopped", false])
        })),
    60_000
  )

  it.live(
    "by SIGKILL is remembered by the client that finds it, and counts when no job moved",
    () =>
      withState(entryOf(hostProcess), () =>
        Effect.gen(function*() {
          const record = yield* running
          process.kill(record.process.pid, "SIGKILL")
          yield* gone(record)
          const began = performance.now()
          const next = yield* running
          assert.isBelow(performance.now() - began, 15_000)
          assert.strictEqual(next.epoch, record.epoch + 1)
          const [exit] = yield* HostExits.read
          assert.deepStrictEqual([exit?.pid, exit?.reason, exit?.rapid], [record.process.pid, null, true])
        })),
    60_000
  )

  it.live(
    "by a restart of the machine is seen although its process id lives on",
    () =>
      withState(entryOf(hostProcess), () =>
        Effect.gen(function*() {
          const record = yield* running
          yield* HostStatus.stop({ force: true })
          const { self } = yield* Processes
          yield* HostRecord.write({ ...record, process: { ...self, bootId: "before" } })
          assert.strictEqual((yield* HostStatus.status).state, "absent")
          yield* running
          const exit = (yield* HostExits.read).find(({ pid }) => pid === self.pid)
          assert.deepStrictEqual([exit?.reason, exit?.rapid], ["the machine was restarted", false])
        })),
    60_000
  )
})
