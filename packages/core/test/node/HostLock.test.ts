import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { renameSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import { HostLock } from "../../src/host/HostLock.ts"
import * as HostLockSqlite from "../../src/node/HostLockSqlite.ts"
import { dirsAt, temporaryDirectory } from "../store/stateDir.ts"
import { startChild } from "./child.ts"

const lockAt = (state: string) =>
  Effect.provide(HostLock, Layer.fresh(HostLockSqlite.layer.pipe(Layer.provide(dirsAt(state)))), { local: true })

describe("HostLock", () => {
  it.live("is held by one process at a time and free again at once when that is killed", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const lock = yield* lockAt(state)
      assert.isFalse(yield* lock.isHeld)
      const owner = yield* startChild("holdLock.ts", [state])
      assert.strictEqual(yield* owner.next, "Held")
      assert.isTrue(yield* lock.isHeld)
      assert.strictEqual((yield* Effect.scoped(lock.tryAcquire))._tag, "Busy")
      yield* owner.kill("SIGKILL")
      assert.isFalse(yield* lock.isHeld)
      assert.strictEqual((yield* Effect.scoped(lock.tryAcquire))._tag, "Held")
      assert.isFalse(yield* lock.isHeld)
    }))

  it.live("survives a look at it, also by its own process", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const [own, other] = [yield* lockAt(state), yield* lockAt(state)]
      yield* Effect.scoped(Effect.gen(function*() {
        const held = yield* own.tryAcquire
        assert.strictEqual(held._tag, "Held")
        assert.isTrue(yield* own.isHeld)
        assert.isTrue(yield* other.isHeld)
        const rival = yield* startChild("holdLock.ts", [state])
        assert.strictEqual(yield* rival.next, "Busy")
      }))
      const next = yield* startChild("holdLock.ts", [state])
      assert.strictEqual(yield* next.next, "Held")
      yield* next.say("give it back")
      assert.strictEqual(yield* next.ended, 0)
      assert.isFalse(yield* own.isHeld)
    }))

  it.live("is not intact any more when its file is removed or replaced", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const lock = yield* lockAt(state)
      const held = yield* lock.tryAcquire
      if (held._tag !== "Held") return assert.fail("not held")
      assert.isTrue(yield* held.intact)
      const file = join(state, "host-lock.db")
      assert.strictEqual(statSync(file).mode & 0o777, 0o600)
      renameSync(file, `${file}.moved`)
      assert.isFalse(yield* held.intact)
      const second = yield* (yield* lockAt(state)).tryAcquire
      assert.strictEqual(second._tag, "Held")
      assert.isFalse(yield* held.intact)
      rmSync(file)
    }))

  it.live("is not taken on a file that was replaced while it waited for it", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const lock = yield* lockAt(state)
      assert.isFalse(yield* lock.isHeld)
      const signal = new SharedArrayBuffer(4)
      yield* Effect.acquireRelease(
        Effect.sync(() =>
          new Worker(join(import.meta.dirname, "children", "replaceLock.ts"), {
            workerData: { path: join(state, "host-lock.db"), signal }
          })
        ),
        (thread) => Effect.promise(() => thread.terminate())
      )
      const stage = new Int32Array(signal)
      while (Atomics.load(stage, 0) === 0) yield* Effect.sleep("5 millis")
      Atomics.store(stage, 0, 2)
      Atomics.notify(stage, 0)
      assert.strictEqual((yield* Effect.scoped(lock.tryAcquire))._tag, "Busy")
      assert.strictEqual((yield* Effect.scoped(lock.tryAcquire))._tag, "Held")
    }))

  it.live("says that the directory cannot be written", () =>
    Effect.gen(function*() {
      const lock = yield* lockAt(join(yield* temporaryDirectory, "missing"))
      const error = yield* Effect.flip(Effect.scoped(lock.tryAcquire))
      assert.include(["storage_failed", "state_unwritable"], error.code)
      assert.include(error.message, "host-lock.db")
    }))
})
