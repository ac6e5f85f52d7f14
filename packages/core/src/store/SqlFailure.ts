/** Turns failures of SQL into the typed failure of the store, and tells the two kinds that the store acts on. */
import * as Predicate from "effect/Predicate"
import { isSqlError, type SqlError } from "effect/sql/SqlError"
import type { ErrorCode } from "../error/ErrorTable.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"

/** SQLite's primary result code of a failed statement; null where another database failed. */
const codeOf = (cause: unknown): number | null =>
  Predicate.hasProperty(cause, "errcode") && typeof cause.errcode === "number" ? cause.errcode & 0xff : null

const sqlite = {
  error: 1,
  busy: 5,
  locked: 6,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26
} as const

const codes: Readonly<Record<number, ErrorCode>> = {
  [sqlite.readOnly]: "state_unwritable",
  [sqlite.full]: "disk_full",
  [sqlite.cannotOpen]: "state_unwritable"
}

/** Another process writes; the same transaction can succeed in a moment. */
export const isBusy = (error: unknown): boolean => {
  const code = sqlCode(error)
  return code === sqlite.busy || code === sqlite.locked
}

/** Besides plain damage: what a turned bit in a header, in the text of the schema or in a table looks like. */
const suspicious: ReadonlySet<number> = new Set([
  sqlite.corrupt,
  sqlite.notADatabase,
  sqlite.readOnly,
  sqlite.error,
  sqlite.constraint
])

/**
 * The file may not be a sound database: worth a closer look by {@link Database.heal}, which changes nothing when it is.
 */
export const isDamage = (error: unknown): boolean => {
  const code = sqlCode(error)
  return code !== null && suspicious.has(code)
}

/** The failure of a database that answers, but cannot be what it says. */
export const damaged = (detail: string): OracleError =>
  oracleError("storage_failed", `the database is damaged: ${detail}`, { cause: { errcode: sqlite.corrupt } })

/** The file is a database without our tables: someone removed the file, and it was made anew. */
export const isEmptied = (error: unknown): boolean =>
  sqlCode(error) === sqlite.error && isSqlError(error) && error.reason.message.startsWith("no such table")

const sqlCode = (error: unknown): number | null => codeOf(isSqlError(error) ? error.reason.cause : error)

export const sqlFailure = (database: string) => (error: SqlError): OracleError => {
  const code = sqlCode(error)
  const detail = isBusy(error) ? "another process holds it for too long" : error.reason.message
  return oracleError(code === null ? "storage_failed" : codes[code] ?? "storage_failed", `${database}: ${detail}`, {
    cause: error
  })
}
