/** Rows that a damaged database has lost, holds back or tells wrongly are put right, and never by an older state. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as Transition from "../../src/domain/JobTransition.ts"
import { oracleError, viewOf } from "../../src/error/OracleError.ts"
import type { JobStore } from "../../src/store/JobStore.ts"
import { created, jobId, jobRecord } from "./fixtures.ts"
import { temporaryDirectory } from "./stateDir.ts"
import { attempting, forEachRow, mirror, mirrorOf, room, to, uploading, visit } from "./visits.ts"

const outage = viewOf(oracleError("outage", "the site is down"))

describe("a part of the database that is lost", () => {
  /** Undoes everything since `before` in the database alone, as a log does that lost its end. */
  const withLostWrites = Effect.fnUntraced(function*(
    state: string,
    before: (store: JobStore["Service"]) => Effect.Effect<unknown, unknown>,
    lost: (store: JobStore["Service"]) => Effect.Effect<unknown, unknown>
  ) {
    const path = join(state, "oracle.db")
    yield* visit(state, before)
    copyFileSync(path, `${path}.backup`)
    yield* visit(state, lost)
    rmSync(path)
    copyFileSync(`${path}.backup`, path)
  })

  it.effect("never makes a client write an older record over a later mirror", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* withLostWrites(
        state,
        Effect.fnUntraced(function*(store) {
          yield* uploading(store, 1)
        }),
        Effect.fnUntraced(function*(store) {
          yield* store.update(jobId(1), to("sending"))
          yield* store.update(jobId(1), attempting)
          yield* store.update(jobId(1), (job, now) => Transition.fail(job, outage, now))
        })
      )
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          const resumed = yield* store.update(jobId(1), Transition.resume)
          assert.deepStrictEqual([resumed.phase, resumed.attempt, resumed.send.state], ["queued", 2, "attempting"])
          assert.strictEqual(mirror(state, 1).record.send.state, "attempting")
        })
      )
    }))

  it.effect("is found again when a client asks for a job that is missing", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* withLostWrites(
        state,
        (store) => store.insert(jobRecord(1), created),
        Effect.fnUntraced(function*(store) {
          yield* store.insert(jobRecord(2, { conversationId: "c1" }), created)
          yield* store.admit(jobId(2), room)
        })
      )
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          assert.strictEqual((yield* store.get(jobId(2))).phase, "submitted")
          assert.deepStrictEqual((yield* store.leases).map(({ kind }) => kind).toSorted(), ["conversation", "runtime"])
        })
      )
    }))

  it.effect("does not bring back a job that was removed, although its directory is still there", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* withLostWrites(
        state,
        () => Effect.void,
        Effect.fnUntraced(function*(store) {
          yield* store.insert(jobRecord(1), created)
          yield* store.update(jobId(1), (job, now) => Transition.fail(job, outage, now))
          yield* store.remove(jobId(1))
          assert.strictEqual((yield* Effect.flip(store.get(jobId(1)))).code, "job_not_found")
        })
      )
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* store.advanceEpoch
          assert.deepStrictEqual(yield* store.list({}), { jobs: [], quarantined: [] })
        })
      )
    }))

  it.effect("shows in a mirror of an open job that is torn: a new host writes it anew", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(state, (store) => store.insert(jobRecord(1), created))
      const text = readFileSync(mirrorOf(state, 1), "utf8")
      writeFileSync(mirrorOf(state, 1), text.slice(0, text.length - 100))
      yield* visit(state, (store) => store.advanceEpoch)
      assert.strictEqual(mirror(state, 1).record.id, jobId(1))
    }))
})

describe("a row that damage hides from queries", () => {
  const damages: ReadonlyArray<[string, string]> = [
    ["its status", "UPDATE jobs SET status = 'sub-itted'"],
    ["its project", "UPDATE jobs SET project_id = '/home/nobody'"],
    ["its account", "UPDATE jobs SET account = 'tefault'"],
    ["its id, which is no id any more", "UPDATE jobs SET id = 'x' || substr(id, 2)"],
    ["its id, which is another's now", "UPDATE jobs SET id = substr(id, 1, 35) || '7'"],
    ["its place in history, to a number that is too large", "UPDATE jobs SET seq = 9007199254740993000"]
  ]
  for (const [name, damage] of damages) {
    it.effect(`is put right by a new host: ${name}`, () =>
      Effect.gen(function*() {
        const state = yield* temporaryDirectory
        yield* visit(
          state,
          Effect.fnUntraced(function*(store) {
            yield* store.insert(jobRecord(1, { conversationId: "c1" }), created)
            yield* store.admit(jobId(1), room)
          })
        )
        forEachRow(state, (database) => {
          database.exec("PRAGMA foreign_keys = OFF")
          database.exec(damage)
        })
        yield* visit(
          state,
          Effect.fnUntraced(function*(store) {
            yield* store.list({})
            yield* store.advanceEpoch
            const { jobs, quarantined } = yield* store.list({ projectId: jobRecord(1).projectId })
            assert.deepStrictEqual(jobs.map(({ id, phase }) => [id, phase]), [[jobId(1), "submitted"]])
            assert.deepStrictEqual(quarantined, [])
            assert.deepStrictEqual((yield* store.open).length, 1)
          })
        )
        forEachRow(state, (database) => {
          assert.deepStrictEqual(
            { ...database.prepare("SELECT account, project_id FROM jobs").get() },
            { account: "default", project_id: jobRecord(1).projectId }
          )
        })
      }))
  }

  it.effect("gives an active job its conversation back", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* store.insert(jobRecord(1, { conversationId: "c1" }), created)
          yield* store.admit(jobId(1), room)
          yield* store.insert(jobRecord(2, { conversationId: "c1" }), created)
        })
      )
      forEachRow(state, (database) => {
        database.exec("PRAGMA foreign_keys = OFF")
        database.exec("UPDATE leases SET job = 'x' || substr(job, 2)")
      })
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* store.advanceEpoch
          const error = yield* Effect.flip(store.admit(jobId(2), room))
          assert.strictEqual(error.code, "conversation_busy")
        })
      )
    }))
})

describe("a damaged header", () => {
  const damages: ReadonlyArray<[string, number, number]> = [
    ["a read-only format", 18, 9],
    ["an unknown schema format", 47, 9],
    ["a newer version, but only in one of two places", 63, 9]
  ]
  for (const [name, offset, value] of damages) {
    it.effect(`that claims ${name} is told from a real one, and the database rebuilt`, () =>
      Effect.gen(function*() {
        const state = yield* temporaryDirectory
        const path = join(state, "oracle.db")
        yield* visit(state, (store) => store.insert(jobRecord(1), created))
        const bytes = readFileSync(path)
        bytes[offset] = value
        writeFileSync(path, bytes)
        yield* visit(
          state,
          Effect.fnUntraced(function*(store) {
            assert.strictEqual((yield* store.update(jobId(1), to("queued"))).phase, "queued")
            assert.isTrue(readdirSync(state).some((file) => file.startsWith("oracle.db.damaged-")))
          })
        )
      }))
  }
})

describe("a schema that damage has changed", () => {
  const damages: ReadonlyArray<[string, string]> = [
    ["a column", "UPDATE sqlite_schema SET sql = replace(sql, 'retained_bytes', 'retained_bites')"],
    [
      "a table",
      `UPDATE sqlite_schema SET sql = replace(sql, 'TABLE leases', 'TABLE leasfs'),
        name = replace(name, 'leases', 'leasfs'), tbl_name = replace(tbl_name, 'leases', 'leasfs')`
    ],
    ["an index", "DELETE FROM sqlite_schema WHERE name = 'jobs_status'"]
  ]
  for (const [name, damage] of damages) {
    it.effect(`is found and the database rebuilt: ${name}`, () =>
      Effect.gen(function*() {
        const state = yield* temporaryDirectory
        yield* visit(state, (store) => store.insert(jobRecord(1), created))
        forEachRow(state, (database) => {
          database.enableDefensive(false)
          database.exec("PRAGMA writable_schema = ON")
          database.exec(damage)
        })
        yield* visit(
          state,
          Effect.fnUntraced(function*(store) {
            assert.strictEqual((yield* store.admit(jobId(1), room)).phase, "submitted")
            yield* store.advanceEpoch
            assert.deepStrictEqual((yield* store.open).map((job) => job.id), [jobId(1)])
          })
        )
        assert.isTrue(readdirSync(state).some((file) => file.startsWith("oracle.db.damaged-")))
      }))
  }
})
