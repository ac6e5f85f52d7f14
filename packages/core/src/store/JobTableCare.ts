/** What finds and mends damage needs of the tables, beside the rows themselves. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { JobId } from "../domain/Ids.ts"
import type { OracleError } from "../error/OracleError.ts"
import { claimOf, columnsOf, type JobRow, openStatuses, searched, toRow, unreadable } from "./JobRow.ts"
import type { Damaged, NumberedEvent, Stored } from "./JobTable.ts"
import type { Claim } from "./RecordText.ts"

export const make = (
  sql: SqlClient,
  run: <A>(effect: Effect.Effect<A, SqlError>) => Effect.Effect<A, OracleError>
) => ({
  /** Keeps the raw text of a row that is about to be replaced or dropped. */
  quarantine: (row: Damaged, now: DateTime.Utc) =>
    run(Effect.asVoid(sql`INSERT INTO quarantine (job, at, reason, record)
      SELECT id, ${DateTime.formatIso(now)}, ${row.reason}, record FROM jobs WHERE id = ${row.id}`)),

  /** Adds events that are known by number; those that are there already stay. */
  putEvents: Effect.fnUntraced(function*(id: JobId, events: ReadonlyArray<NumberedEvent>) {
    for (const { at, kind, message, seq, source } of events) {
      yield* run(sql`INSERT OR IGNORE INTO events (job, seq, at, source, kind, message)
        VALUES (${id}, ${seq}, ${DateTime.formatIso(at)}, ${source}, ${kind}, ${message})`)
    }
  }),

  /** Place in history of every row, without reading the records. */
  places: Effect.map(
    run(sql<Place>`SELECT id, epoch, seq, status FROM jobs`),
    (found): ReadonlyMap<string, Place> => new Map(found.map((row) => [row.id, row]))
  ),

  /** Adds a row that nobody can read as a job, so that listings name it. */
  putUnreadable: (id: JobId, projectId: string, claim: Claim) =>
    run(Effect.asVoid(sql`INSERT INTO jobs ${sql.insert({ ...unreadable(projectId), ...columnsOf(id, claim) })}`)),

  /** Moves a row to the id that its own record carries. */
  rename: (from: string, to: JobId) => run(Effect.asVoid(sql`UPDATE jobs SET id = ${to} WHERE id = ${from}`)),

  dropRow: (id: string) => run(Effect.asVoid(sql`DELETE FROM jobs WHERE id = ${id}`)),

  /**
   * Rows whose record or searched columns are wrong, so that queries might miss them. Every record is looked at, but only
   * those of open jobs are decoded.
   */
  astray: Effect.map(
    run(sql<JobRow>`SELECT * FROM jobs WHERE json_valid(record) = 0 OR retained_bytes <> 0
      OR id IS NOT json_extract(record, '$.id') OR status IS NOT json_extract(record, '$.status')
      OR phase IS NOT json_extract(record, '$.phase') OR project_id IS NOT json_extract(record, '$.projectId')
      OR ${sql.in("status", openStatuses)}`),
    (found) =>
      found.map((columns) => ({ columns, row: toRow(columns), claim: claimOf(columns) }))
        .filter(({ columns, row }) => row._tag === "Damaged" || !agrees(columns, row))
  ),

  /** Removes leases of ended jobs and of none, events of no job, and events whose number cannot be true. */
  dropStrays: Effect.gen(function*() {
    yield* run(sql`DELETE FROM leases
      WHERE job NOT IN (SELECT id FROM jobs WHERE ${sql.in("status", openStatuses)})`)
    yield* run(sql`DELETE FROM events WHERE seq NOT BETWEEN 1 AND ${largestNumber}
      OR job NOT IN (SELECT id FROM jobs)`)
  })
})

/** No job has as many events and no directory sees as many hosts: a larger number is damage. */
export const largestNumber = 2 ** 48

export interface Place {
  readonly id: string
  readonly epoch: number
  readonly seq: number
  readonly status: string
}

const agrees = (columns: object, row: Stored): boolean => {
  const found = new Map<string, unknown>(Object.entries(columns))
  return Object.entries(searched(row)).every(([name, value]) => found.get(name) === value)
}
