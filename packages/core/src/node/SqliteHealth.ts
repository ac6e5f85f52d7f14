// @effect-diagnostics nodeBuiltinImport:off
/** Whether a database is what it says, in structure and in schema. */
import { DatabaseSync } from "node:sqlite"
import { currentVersion, statements } from "../store/migrations/Migrations.ts"
import { sqliteCodeOf } from "./SqliteFile.ts"

/** Reads the whole file. Indexes that do not agree with their tables are built anew; throws what SQLite says of worse. */
export const isWhole = (database: DatabaseSync): boolean => {
  if (!hasKnownSchema(database)) return false
  if (isConsistent(database)) return true
  try {
    database.exec("REINDEX")
  } catch (cause) {
    // Rows that stand twice: the table itself is damaged.
    if (sqliteCodeOf(cause) === constraintFailed) return false
    throw cause
  }
  return isConsistent(database)
}

const constraintFailed = 19

/** The first value of the answer. */
export const answerOf = (database: DatabaseSync, sql: string): unknown =>
  Object.values(database.prepare(sql).get() ?? {})[0]

const isConsistent = (database: DatabaseSync): boolean => answerOf(database, "PRAGMA integrity_check(1)") === "ok"

/** A turned bit in the text of the schema can rename a column; SQLite itself sees nothing wrong with that. */
const hasKnownSchema = (database: DatabaseSync): boolean => {
  if (answerOf(database, "PRAGMA user_version") !== currentVersion) return true
  const model = new DatabaseSync(":memory:")
  try {
    for (const statement of statements) model.exec(statement)
    return schemaOf(database) === schemaOf(model)
  } finally {
    model.close()
  }
}

const schemaOf = (database: DatabaseSync): string =>
  JSON.stringify(database.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").all())
