/** The rows of a JobStore in SQL. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import type { SqlClient } from "effect/sql/SqlClient"
import { isSqlError, type SqlError } from "effect/sql/SqlError"
import * as Stream from "effect/Stream"
import type { JobId } from "../domain/Ids.ts"
import { JobEvent } from "../domain/JobEvent.ts"
import type { OracleError } from "../error/OracleError.ts"
import type { Candidate } from "../queue/Admission.ts"
import type { Database } from "./Database.ts"
import { type JobRow, openStatuses, searched, toRow } from "./JobRow.ts"
import type { Lease } from "./JobStore.ts"
import type { JobTable, NumberedEvent, Stored } from "./JobTable.ts"
import * as JobTableCare from "./JobTableCare.ts"
import * as RecordText from "./RecordText.ts"
import { isBusy, sqlFailure } from "./SqlFailure.ts"

const busyRetry = Schedule.exponential("10 millis", 1.5).pipe(
  (schedule) => Schedule.min([schedule, Schedule.spaced("250 millis")]),
  Schedule.jittered,
  Schedule.upTo({ duration: "10 seconds" })
)

export const make = Effect.fnUntraced(function*(
  sql: SqlClient,
  database: { readonly path: string; readonly file: Database["Service"] }
) {
  const failure = sqlFailure(database.path)
  const ownChanges = yield* Ref.make(0)
  const columns = sql`id, epoch, seq, upload_reached, checksum, record`

  /** A single statement outside a transaction may still meet a lock; inside one it cannot. */
  const run = <A>(effect: Effect.Effect<A, SqlError>): Effect.Effect<A, OracleError> =>
    Effect.mapError(Effect.retry(effect, { schedule: busyRetry, while: isBusy }), failure)

  const alone: JobTable["transaction"] = <A, E>(body: Effect.Effect<A, E>) =>
    sql.withTransaction(body).pipe(
      Effect.retry({ schedule: busyRetry, while: isBusy }),
      Effect.mapError((error): E | OracleError => isSqlError(error) ? failure(error) : error)
    )

  const rows = (found: Effect.Effect<ReadonlyArray<JobRow>, SqlError>) =>
    Effect.map(run(found), (all) => all.map(toRow))

  const addEvents = Effect.fnUntraced(function*(id: JobId, events: ReadonlyArray<JobEvent>) {
    for (const event of events) {
      yield* sql`INSERT INTO events (job, seq, at, source, kind, message)
        SELECT ${id}, COALESCE(MAX(seq), 0) + 1, ${DateTime.formatIso(event.at)}, ${event.source}, ${event.kind},
          ${event.message} FROM events WHERE job = ${id}`
    }
  })

  const put = Effect.fnUntraced(function*(row: Stored, events: ReadonlyArray<JobEvent>) {
    const { text, checksum } = yield* RecordText.write(row)
    const values = { ...searched(row), checksum, record: text }
    const excluded = Object.keys(values).map((column) => `${column} = excluded.${column}`).join(", ")
    yield* run(
      sql`INSERT INTO jobs ${sql.insert(values)} ON CONFLICT (id) DO UPDATE SET ${sql.literal(excluded)}`
    )
    yield* run(addEvents(row.job.id, events))
  })

  const changes = Effect.gen(function*() {
    return `${yield* database.file.version}.${yield* Ref.get(ownChanges)}`
  })

  const table: JobTable = {
    transaction: (body) => Effect.tap(alone(body), () => Ref.update(ownChanges, (count) => count + 1)),
    find: (id) =>
      Effect.map(rows(sql<JobRow>`SELECT ${columns} FROM jobs WHERE id = ${id}`), (found) => found[0] ?? null),
    list: (filter) =>
      rows(sql<JobRow>`SELECT ${columns} FROM jobs WHERE ${
        sql.and([
          filter.projectId === undefined ? sql`1 = 1` : sql`project_id = ${filter.projectId}`,
          filter.statuses === undefined ? sql`1 = 1` : sql.in("status", filter.statuses)
        ])
      } ORDER BY id DESC LIMIT ${Math.min(filter.limit ?? 50, Number.MAX_SAFE_INTEGER)}`),
    open: rows(sql<JobRow>`SELECT ${columns} FROM jobs WHERE ${sql.in("status", openStatuses)} ORDER BY id`),
    put,
    drop: (id) => run(Effect.asVoid(sql`DELETE FROM jobs WHERE id = ${id}`)),
    events: (id, afterSeq) =>
      Effect.map(
        run(
          sql`SELECT seq, at, source, kind, message FROM events WHERE job = ${id} AND seq > ${afterSeq} ORDER BY seq`
        ),
        (found) => found.flatMap((row) => Option.toArray(eventOf(row)))
      ),
    queue: Effect.gen(function*() {
      const found = yield* run(sql<CandidateRow>`SELECT id, site, account, queued_at, created_at, conversation,
        archive_bytes FROM jobs WHERE status = 'queued' AND cancel_requested = 0`)
      const retained = yield* run(sql<{ bytes: number }>`SELECT COALESCE(SUM(retained_bytes), 0) AS bytes FROM jobs
        WHERE retained_bytes > 0`)
      return {
        candidates: found.map((row): Candidate => ({
          id: row.id,
          site: row.site,
          account: row.account,
          queuedAt: row.queued_at ?? row.created_at,
          createdAt: row.created_at,
          conversation: row.conversation,
          archiveBytes: row.archive_bytes
        })),
        retainedBytes: retained[0]?.bytes ?? 0
      }
    }),
    leases: Effect.map(
      run(sql<LeaseRow>`SELECT kind, key, job, epoch, taken_at FROM leases ORDER BY taken_at, job`),
      (found) => found.map(({ taken_at, ...row }) => ({ ...row, takenAt: DateTime.makeUnsafe(taken_at) }))
    ),
    putLease: (lease) =>
      run(Effect.asVoid(sql`INSERT INTO leases (kind, key, job, epoch, taken_at) VALUES (${lease.kind}, ${lease.key},
        ${lease.job}, ${lease.epoch}, ${DateTime.toEpochMillis(lease.takenAt)})
        ON CONFLICT (kind, job) DO UPDATE SET key = excluded.key, epoch = excluded.epoch`)),
    dropLeases: (id, kinds, maxEpoch) =>
      run(
        Effect.asVoid(sql`DELETE FROM leases WHERE job = ${id} AND ${sql.in("kind", kinds)} AND epoch <= ${maxEpoch}`)
      ),
    epoch: Effect.map(
      run(sql<{ epoch: number }>`SELECT epoch FROM meta WHERE epoch BETWEEN 0 AND ${JobTableCare.largestNumber}`),
      (found) => found[0]?.epoch ?? 0
    ),
    setEpoch: (epoch) => run(Effect.asVoid(sql`UPDATE meta SET epoch = ${epoch}`)),
    changes: Stream.fromEffectSchedule(changes, Schedule.spaced("100 millis")).pipe(
      Stream.changes,
      Stream.map(() => {})
    )
  }
  return {
    table,
    /** A transaction that only looks, and keeps writers of all processes away meanwhile. */
    alone,
    ...JobTableCare.make(sql, run)
  }
})

export type SqlJobs = Effect.Success<ReturnType<typeof make>>

type CandidateRow = Pick<Candidate, "id" | "site" | "account" | "conversation"> & {
  readonly queued_at: number | null
  readonly created_at: number
  readonly archive_bytes: number
}

type LeaseRow = Pick<Lease, "kind" | "key" | "job" | "epoch"> & { readonly taken_at: number }

const NumberedJobEvent = Schema.Struct({ ...JobEvent.fields, seq: Schema.Natural })
const eventOf: (row: unknown) => Option.Option<NumberedEvent> = Schema.decodeUnknownOption(NumberedJobEvent)
