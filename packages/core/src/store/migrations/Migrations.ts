/** Brings a database to the version of this program, and refuses one that a newer program has written. */
import * as Effect from "effect/Effect"
import type { SqlClient } from "effect/sql/SqlClient"
import { oracleError } from "../../error/OracleError.ts"
import { initial } from "./initial.ts"

/** The statements that lead from version n to n + 1, at position n. Published entries never change. */
const steps: ReadonlyArray<ReadonlyArray<string>> = [initial]

export const currentVersion: number = steps.length

const versionOf = (sql: SqlClient) =>
  Effect.map(sql<{ user_version: number }>`PRAGMA user_version`, (rows) => rows[0]?.user_version ?? 0)

/**
 * Inside a transaction: runs what is missing. Answers true when the database was empty before. Fails as `store_newer`.
 */
export const migrate = Effect.fnUntraced(function*(sql: SqlClient) {
  const from = yield* versionOf(sql)
  if (from > currentVersion) {
    return yield* oracleError("store_newer", `the database has version ${from}, this oracle knows ${currentVersion}`)
  }
  for (const step of steps.slice(from)) {
    for (const statement of step) yield* sql.unsafe(statement)
  }
  if (from < currentVersion) yield* sql.unsafe(`PRAGMA user_version = ${currentVersion}`)
  return from === 0
})

/** True when {@link migrate} has nothing to do; needs no transaction. */
export const isCurrent = (sql: SqlClient) => Effect.map(versionOf(sql), (version) => version === currentVersion)
