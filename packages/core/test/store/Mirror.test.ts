import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { created, jobId, jobRecord } from "./fixtures.ts"
import { temporaryDirectory } from "./stateDir.ts"
import { attempting, mirror, mirrorOf, room, to, uploading, visit } from "./visits.ts"

describe("the mirror", () => {
  it.effect("holds the record after each durable change, and is not rewritten for a heartbeat", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* store.insert(jobRecord(1), created)
          assert.strictEqual(mirror(state, 1).record.phase, "preparing")
          yield* store.admit(jobId(1), room)
          assert.strictEqual(mirror(state, 1).record.phase, "submitted")
          assert.deepStrictEqual(mirror(state, 1).events.map((event: { message: string }) => event.message), [
            "created",
            "submitted"
          ])
          const { seq } = mirror(state, 1)
          yield* store.update(jobId(1), (job, now) => Result.succeed({ ...job, heartbeatAt: now, observedMs: 5 }))
          assert.strictEqual(mirror(state, 1).seq, seq)
          yield* store.update(jobId(1), (job, now) => Result.succeed({ ...job, heartbeatAt: now }), { durable: true })
          assert.isAbove(mirror(state, 1).seq, seq)
        })
      )
    }))

  it.effect("has the attempt to send before the caller may click", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* uploading(store, 1)
          yield* store.update(jobId(1), attempting, { durable: true })
          assert.strictEqual(mirror(state, 1).record.send.state, "attempting")
        })
      )
    }))

  it.effect("keeps files and directories to their owner, and an event log beside", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(state, (store) => store.insert(jobRecord(1), created))
      const directory = join(state, "jobs", `oracle-${jobId(1)}`)
      const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
      assert.deepStrictEqual([mode(directory), mode(join(directory, "job.json"))], ["700", "600"])
      assert.deepStrictEqual([mode(join(state, "oracle.db")), mode(join(directory, "logs"))], ["600", "700"])
      const log = readFileSync(join(directory, "logs", "events.ndjson"), "utf8")
      assert.strictEqual(JSON.parse(log.trim()).message, "created")
      assert.deepStrictEqual(readdirSync(directory).filter((name) => name.endsWith(".tmp")), [])
    }))

  it.effect("is part of a new job: without it there is no job", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          mkdirSync(mirrorOf(state, 1), { recursive: true })
          assert.strictEqual((yield* Effect.flip(store.insert(jobRecord(1), created))).code, "storage_failed")
          assert.deepStrictEqual(yield* store.list({}), { jobs: [], quarantined: [] })
        })
      )
    }))

  it.effect("fails the change as disk trouble when it cannot be written", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* store.insert(jobRecord(1), created)
          rmSync(mirrorOf(state, 1))
          mkdirSync(mirrorOf(state, 1))
          const error = yield* Effect.flip(store.update(jobId(1), to("queued")))
          assert.strictEqual(error._tag === "OracleError" ? error.code : error._tag, "storage_failed")
          assert.include(error.message, mirrorOf(state, 1))
        })
      )
    }))
})
