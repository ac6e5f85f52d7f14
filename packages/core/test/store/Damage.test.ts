/** What is lost or damaged on disk comes back from the other copy, and never turns into a second send. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { AccountName } from "../../src/domain/Ids.ts"
import { emptyLedger } from "../../src/domain/SendLedger.ts"
import { stampOf } from "../../src/store/migrations/Migrations.ts"
import { created, jobId, jobRecord, start } from "./fixtures.ts"
import { temporaryDirectory } from "./stateDir.ts"
import { forEachRow, loseDatabase, mirror, mirrorOf, room, to, uploading, visit } from "./visits.ts"

describe("a lost database", () => {
  it.effect("is rebuilt from the mirrors, with events and leases, under a later epoch", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const before = yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          const { epoch } = yield* store.advanceEpoch
          yield* store.insert(jobRecord(1, { conversationId: "c1" }), created)
          yield* store.admit(jobId(1), room)
          yield* store.insert(jobRecord(2), created)
          return { epoch, jobs: (yield* store.list({})).jobs }
        })
      )
      loseDatabase(state)
      mkdirSync(join(state, "jobs", "oracle-0b5d5b0e-0000-4000-8000-000000000000"))
      writeFileSync(join(state, "jobs", "notes.txt"), "not ours")
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          const listing = yield* store.list({})
          assert.deepStrictEqual(listing, { jobs: before.jobs, quarantined: [] })
          assert.deepStrictEqual((yield* store.events(jobId(1))).map((event) => event.message), [
            "created",
            "submitted"
          ])
          assert.deepStrictEqual((yield* store.leases).map(({ job, key, kind }) => [kind, key, job]), [
            ["conversation", "practice/c1", jobId(1)],
            ["runtime", "practice/default", jobId(1)]
          ])
          assert.isAbove((yield* store.advanceEpoch).epoch, before.epoch)
        })
      )
    }))

  it.effect("does not forget that a job may have been sent", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* uploading(store, 1)
          yield* store.update(jobId(1), to("submitted"))
          yield* store.insert(jobRecord(2, { account: AccountName.make("second") }), created)
        })
      )
      loseDatabase(state)
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          const job = yield* store.get(jobId(1))
          assert.deepStrictEqual([job.phase, job.send.state], ["submitted", "attempting"])
          assert.strictEqual((yield* store.get(jobId(2))).send.state, "not_started")
          assert.strictEqual(mirror(state, 1).record.send.state, "attempting")
        })
      )
    }))

  it.effect("keeps a confirmed send as it was", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const send = { ...emptyLedger, state: "confirmed" as const, confirmedAt: start }
      yield* visit(state, (store) => store.insert(jobRecord(1, { send }), created))
      loseDatabase(state)
      const job = yield* visit(state, (store) => store.get(jobId(1)))
      assert.deepStrictEqual(job.send, send)
    }))

  it.effect("does without a mirror that is torn, altered or empty", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          for (const n of [1, 2, 3, 4]) yield* store.insert(jobRecord(n), created)
        })
      )
      loseDatabase(state)
      const text = readFileSync(mirrorOf(state, 1), "utf8")
      writeFileSync(mirrorOf(state, 1), text.slice(0, text.length / 2))
      writeFileSync(mirrorOf(state, 2), readFileSync(mirrorOf(state, 2), "utf8").replace("practice", "grok"))
      writeFileSync(mirrorOf(state, 3), "")
      const listing = yield* visit(state, (store) => store.list({}))
      assert.deepStrictEqual(listing.jobs.map((job) => job.id), [jobId(4)])
      assert.deepStrictEqual(listing.quarantined.map(({ id }) => id), [3, 2, 1].map(jobId))
      const ofProject = yield* visit(state, (store) => store.list({ projectId: jobRecord(2).projectId }))
      assert.deepStrictEqual(ofProject.quarantined.map(({ id }) => id), [2, 1].map(jobId))
    }))

  it.effect("takes a torn mirror up again once it is whole, and forgets it when the job is removed", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          for (const n of [1, 2]) yield* store.insert(jobRecord(n), created)
        })
      )
      loseDatabase(state)
      const text = readFileSync(mirrorOf(state, 1), "utf8")
      for (const n of [1, 2]) writeFileSync(mirrorOf(state, n), text.slice(0, 1000))
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          assert.strictEqual((yield* store.list({})).quarantined.length, 2)
          writeFileSync(mirrorOf(state, 1), text)
          assert.strictEqual((yield* store.get(jobId(1))).phase, "preparing")
          yield* store.remove(jobId(2))
          assert.deepStrictEqual(yield* store.list({}), { jobs: [jobRecord(1)], quarantined: [] })
        })
      )
    }))

  it.effect("is a fresh start where there is nothing", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      assert.deepStrictEqual(yield* visit(state, (store) => store.list({})), { jobs: [], quarantined: [] })
    }))
})

describe("a damaged database", () => {
  const damages: ReadonlyArray<[string, (bytes: Buffer) => Buffer]> = [
    ["overwritten by text", () => Buffer.from("this is no database, it is a letter to someone".repeat(50))],
    ["cut to half a page", (bytes) => bytes.subarray(0, 2048)],
    ["zeroed in its first page", (bytes) => Buffer.concat([Buffer.alloc(4096), bytes.subarray(4096)])],
    [
      "zeroed behind its first page",
      (bytes) => Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096)])
    ]
  ]
  for (const [name, damage] of damages) {
    it.effect(`is moved aside and rebuilt when it is ${name}`, () =>
      Effect.gen(function*() {
        const state = yield* temporaryDirectory
        const path = join(state, "oracle.db")
        yield* visit(
          state,
          Effect.fnUntraced(function*(store) {
            for (const n of [1, 2, 3]) yield* store.insert(jobRecord(n), created)
          })
        )
        writeFileSync(path, damage(readFileSync(path)))
        yield* visit(
          state,
          Effect.fnUntraced(function*(store) {
            assert.deepStrictEqual((yield* store.list({})).jobs.map((job) => job.id), [3, 2, 1].map(jobId))
            yield* store.update(jobId(1), to("queued"))
          })
        )
        assert.isTrue(readdirSync(state).some((file) => file.startsWith("oracle.db.damaged-")))
      }))
  }

  it.effect("is healed under a store that has it open", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const path = join(state, "oracle.db")
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          for (const n of [1, 2, 3]) yield* store.insert(jobRecord(n), created)
        })
      )
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          const bytes = readFileSync(path)
          const other = new DatabaseSync(path)
          other.exec("PRAGMA wal_checkpoint(TRUNCATE)")
          other.close()
          writeFileSync(path, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 7)]))
          const fence = yield* store.advanceEpoch
          yield* store.update(jobId(2), to("queued"), { fence })
          assert.strictEqual((yield* store.list({})).jobs.length, 3)
        })
      )
    }))

  it.effect("is found by a new host although nothing has met the damage yet", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const path = join(state, "oracle.db")
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* store.insert(jobRecord(1), created)
          const note = { source: "worker", kind: "note", message: "x".repeat(300) } as const
          yield* store.update(jobId(1), to("queued"), { events: Array.from({ length: 300 }, () => note) })
        })
      )
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.fill(7, bytes.length - 4096))
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          assert.strictEqual((yield* store.get(jobId(1))).phase, "queued")
          yield* store.advanceEpoch
          assert.isTrue(readdirSync(state).some((file) => file.startsWith("oracle.db.damaged-")))
          assert.isAtLeast((yield* store.events(jobId(1))).length, 100)
        })
      )
    }))

  it.effect("that an older copy replaced gives way to later mirrors", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const path = join(state, "oracle.db")
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* store.advanceEpoch
          yield* store.insert(jobRecord(1), created)
          yield* store.insert(jobRecord(3, { account: AccountName.make("third") }), created)
        })
      )
      copyFileSync(path, `${path}.backup`)
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* store.advanceEpoch
          yield* uploading(store, 2)
          yield* store.admit(jobId(1), room)
        })
      )
      rmSync(path)
      copyFileSync(`${path}.backup`, path)
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          assert.strictEqual((yield* store.get(jobId(1))).phase, "submitted")
          assert.strictEqual((yield* store.get(jobId(2))).send.state, "attempting")
          assert.strictEqual((yield* store.get(jobId(3))).phase, "preparing")
          assert.strictEqual((yield* store.advanceEpoch).epoch, 3)
        })
      )
    }))

  it.effect("that a host finds behind its mirrors takes them over, in the same epoch too", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const path = join(state, "oracle.db")
      yield* visit(state, (store) => store.insert(jobRecord(1), created))
      copyFileSync(path, `${path}.backup`)
      yield* visit(state, (store) => store.update(jobId(1), to("queued")))
      rmSync(path)
      copyFileSync(`${path}.backup`, path)
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* store.advanceEpoch
          assert.strictEqual((yield* store.get(jobId(1))).phase, "queued")
        })
      )
    }))
})

describe("a database that is replaced while a store is open", () => {
  it.effect("is followed: nothing goes to the file that was removed", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          const fence = yield* store.advanceEpoch
          yield* store.insert(jobRecord(1), created)
          loseDatabase(state)
          yield* store.update(jobId(1), to("queued"), { fence })
          assert.isTrue(existsSync(join(state, "oracle.db")))
          const seen = yield* visit(state, (other) => other.get(jobId(1)))
          assert.strictEqual(seen.phase, "queued")
          assert.strictEqual((yield* store.advanceEpoch).epoch, fence.epoch + 1)
          const stale = yield* Effect.flip(store.update(jobId(1), to("submitted"), { fence }))
          assert.strictEqual(stale._tag, "Fenced")
        })
      )
    }))
})

describe("a damaged record", () => {
  const damageRow = (state: string, n: number) =>
    forEachRow(state, (database) => {
      database.prepare("UPDATE jobs SET record = replace(record, 'practice', 'chatgpt') WHERE id = ?").run(jobId(n))
    })

  it.effect("is reported and rebuilt from its mirror by the listing that meets it", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          for (const n of [1, 2]) yield* store.insert(jobRecord(n), created)
          damageRow(state, 1)
          const listing = yield* store.list({})
          assert.deepStrictEqual(listing.jobs, [2, 1].map((n) => jobRecord(n)))
          assert.deepStrictEqual(listing.quarantined, [
            { id: jobId(1), reason: "its checksum does not match; rebuilt from its job.json" }
          ])
          assert.deepStrictEqual((yield* store.list({})).quarantined, [])
        })
      )
      forEachRow(state, (database) => {
        assert.strictEqual(database.prepare("SELECT job FROM quarantine").all().length, 1)
      })
    }))

  it.effect("is repaired by get and by update as well", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* store.insert(jobRecord(1), created)
          damageRow(state, 1)
          assert.deepStrictEqual(yield* store.get(jobId(1)), jobRecord(1))
          damageRow(state, 1)
          assert.strictEqual((yield* store.update(jobId(1), to("queued"))).phase, "queued")
        })
      )
    }))

  it.effect("without a valid mirror is shown, spoils no other job and is not overwritten", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          for (const n of [1, 2]) yield* store.insert(jobRecord(n), created)
          damageRow(state, 1)
          writeFileSync(mirrorOf(state, 1), "{")
          for (const _ of [1, 2]) {
            const listing = yield* store.list({})
            assert.deepStrictEqual(listing.jobs.map((job) => job.id), [jobId(2)])
            assert.deepStrictEqual(listing.quarantined.map(({ id }) => id), [jobId(1)])
          }
          assert.deepStrictEqual((yield* store.open).map((job) => job.id), [jobId(2)])
          assert.strictEqual((yield* Effect.flip(store.get(jobId(1)))).code, "storage_failed")
          assert.strictEqual((yield* store.admit(jobId(2), room)).phase, "submitted")
          yield* store.remove(jobId(1))
          assert.deepStrictEqual((yield* store.list({})).quarantined, [])
        })
      )
    }))

  it.effect("that a newer version wrote is refused, never repaired", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const { write } = yield* Effect.promise(() => import("../../src/store/RecordText.ts"))
      const { checksum } = yield* Effect.promise(() => import("../../src/store/Checksum.ts"))
      yield* visit(
        state,
        Effect.fnUntraced(function*(store) {
          yield* store.insert(jobRecord(1), created)
          const row = { _tag: "Stored" as const, job: jobRecord(1), epoch: 0, seq: 1, uploadReached: false }
          const text = (yield* write(row)).text.replace("\"schemaVersion\":1", "\"schemaVersion\":2")
          forEachRow(state, (database) => {
            database.prepare("UPDATE jobs SET record = ?, checksum = ?").run(
              text,
              checksum(`${jobId(1)}\n0.1.0\n${text}`)
            )
          })
          assert.strictEqual((yield* Effect.flip(store.get(jobId(1)))).code, "store_newer")
          assert.strictEqual((yield* store.list({})).quarantined[0]?.id, jobId(1))
          assert.strictEqual((yield* Effect.flip(store.get(jobId(1)))).code, "store_newer")
        })
      )
    }))
})

describe("a database of a newer version", () => {
  it.effect("is refused as store_newer and left alone", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* visit(state, (store) => store.insert(jobRecord(1), created))
      forEachRow(state, (database) => {
        database.exec(`PRAGMA user_version = 99; PRAGMA application_id = ${stampOf(99)}`)
      })
      const error = yield* Effect.flip(visit(state, (store) => store.list({})))
      assert.strictEqual(error.code, "store_newer")
      forEachRow(state, (database) => {
        assert.strictEqual(database.prepare("SELECT id FROM jobs").all().length, 1)
      })
      assert.isFalse(existsSync(join(state, "oracle.db.damaged")))
    }))
})
