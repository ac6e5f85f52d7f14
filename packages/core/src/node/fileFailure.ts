/** Turns a file system error of Node into the typed failure that names the path. */
import type { ErrorCode } from "../error/ErrorTable.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: "disk_full",
  EDQUOT: "disk_full",
  EACCES: "state_unwritable",
  EPERM: "state_unwritable",
  EROFS: "state_unwritable",
  EMFILE: "too_many_files",
  ENFILE: "too_many_files"
}

/** The errno name of a Node error, such as `ENOENT`; null for anything else. */
export const errnoOf = (cause: unknown): string | null =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : null

export const fileFailure = (path: string) => (cause: unknown): OracleError => {
  const errno = errnoOf(cause)
  return oracleError(
    errno === null ? "storage_failed" : codes[errno] ?? "storage_failed",
    `${path}: ${reasonOf(cause)}`,
    {
      cause
    }
  )
}

const reasonOf = (cause: unknown): string => {
  const errno = errnoOf(cause)
  if (errno === "ENOSPC" || errno === "EDQUOT") return "no space left on the device"
  if (errno === "EROFS") return "the file system is read-only"
  if (errno === "EACCES" || errno === "EPERM") return "permission denied"
  if (errno === "EMFILE" || errno === "ENFILE") return "too many files are open"
  if (errno === "EIO") return "the device cannot read or write it (EIO)"
  return errno ?? (cause instanceof Error ? cause.message : "cannot be used")
}
