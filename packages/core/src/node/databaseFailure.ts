/** Turns an error of opening or replacing a database file into the typed failure that names it. */
import { OracleError, oracleError } from "../error/OracleError.ts"
import { errnoOf, fileFailure } from "./fileFailure.ts"
import { isBusy, sqliteCodeOf } from "./SqliteFile.ts"

const full = 13
const unwritable: ReadonlySet<number | null> = new Set([8, 14])

export const databaseFailure = (path: string) => (cause: unknown): OracleError => {
  if (cause instanceof OracleError) return cause
  const code = sqliteCodeOf(cause)
  if (code === null && errnoOf(cause) !== null) return fileFailure(path)(cause)
  if (code === full) return oracleError("disk_full", `${path}: no space left on the device`, { cause })
  if (unwritable.has(code)) return oracleError("state_unwritable", `${path}: cannot be opened for writing`, { cause })
  const detail = isBusy(cause)
    ? "another process holds it for too long"
    : cause instanceof Error
    ? cause.message
    : "cannot be used"
  return oracleError("storage_failed", `${path}: ${detail}`, { cause })
}
