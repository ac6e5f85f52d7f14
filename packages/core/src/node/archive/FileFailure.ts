/** System errors of file work, as errors of the table. */
import { type OracleError, oracleError } from "../../error/OracleError.ts"

/** The `code` of a system error, else undefined. */
export const errno = (cause: unknown): string | undefined =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined

/** Errors that mean that the file is not there (any more). */
export const isMissing = (cause: unknown): boolean => {
  const code = errno(cause)
  return code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG"
}

export const fileFailure = (cause: unknown): OracleError => {
  const code = errno(cause)
  const detail = cause instanceof Error ? cause.message : String(cause)
  if (code === "ENOSPC" || code === "EDQUOT") return oracleError("disk_full", detail, { cause })
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return oracleError("state_unwritable", detail, { cause })
  }
  return oracleError(code === undefined ? "internal_error" : "storage_failed", detail, { cause })
}
