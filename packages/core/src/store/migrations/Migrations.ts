/** Brings a database to the version of this program, and refuses one that a newer program has written. */
import * as Effect from "effect/Effect"
import type { SqlClient } from "effect/sql/SqlClient"
import { oracleError } from "../../error/OracleError.ts"
import { damaged } from "../SqlFailure.ts"
import { initial } from "./initial.ts"

/** The statements that lead from version n to n + 1, at position n. Published entries never change. */
const steps: ReadonlyArray<ReadonlyArray<string>> = [initial]

export const currentVersion: number = steps.length

/** All statements that make a database of {@link currentVersion}. */
export const statements: ReadonlyArray<string> = steps.flat()

/** Says the version a second time, in the header's application id, so that damage to it is no newer version. */
export const stampOf = (version: number): number => 0x6f720000 + version

/** False when a header says two different versions. Databases of early builds have no stamp. */
export const isStamped = (version: number, stamp: number): boolean => stamp === 0 || stamp === stampOf(version)

const versionOf = Effect.fnUntraced(function*(sql: SqlClient) {
  const version = (yield* sql<{ user_version: number }>`PRAGMA user_version`)[0]?.user_version ?? 0
  const stamp = (yield* sql<{ application_id: number }>`PRAGMA application_id`)[0]?.application_id ?? 0
  return isStamped(version, stamp) ? version : yield* damaged(`its header says version ${version}, stamp ${stamp}`)
})

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
  if (from < currentVersion) {
    yield* sql.unsafe(`PRAGMA user_version = ${currentVersion}`)
    yield* sql.unsafe(`PRAGMA application_id = ${stampOf(currentVersion)}`)
  }
  return from === 0
})

/** True when {@link migrate} has nothing to do; needs no transaction. */
export const isCurrent = (sql: SqlClient) => Effect.map(versionOf(sql), (version) => version === currentVersion)
