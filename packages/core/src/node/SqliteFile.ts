// @effect-diagnostics nodeBuiltinImport:off
/** Opens SQLite files the one way that Oracle uses them. Nothing else may open these files, not even to read. */
import { closeSync, lstatSync, openSync, readSync, statSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { oracleError } from "../error/OracleError.ts"
import { isStamped } from "../store/migrations/Migrations.ts"
import { errnoOf } from "./fileFailure.ts"

/** Milliseconds that a statement may block on another process; longer waits are retried without blocking. */
const busyMs = 200

/** The database that all processes share: write-ahead log, every commit synced. */
export const openShared = (path: string): DatabaseSync => {
  reserve(path)
  const database = new DatabaseSync(path, { timeout: busyMs, enableForeignKeyConstraints: true })
  try {
    database.exec("PRAGMA journal_mode = WAL")
    database.exec("PRAGMA synchronous = FULL")
    return database
  } catch (cause) {
    database.close()
    throw cause
  }
}

/** A file that is only a lock; its rollback journal makes an exclusive transaction exclude readers too. */
export const openLock = (path: string, waitMs: number): DatabaseSync => {
  reserve(path)
  return new DatabaseSync(path, { timeout: waitMs })
}

/**
 * Runs a statement that takes the lock, and answers the connection together with the file that it locks. While it waited,
 * another file may have come into the place: then the lock is worth nothing, and null is the answer.
 */
export const lockFile = (
  path: string,
  waitMs: number,
  statement: string
): { readonly database: DatabaseSync; readonly identity: string } | null => {
  reserve(path)
  const identity = fileIdentity(path)
  const database = openLock(path, waitMs)
  try {
    database.exec(statement)
    if (identity !== null && fileIdentity(path) === identity) return { database, identity }
  } catch (cause) {
    if (fileIdentity(path) === identity) {
      database.close()
      throw cause
    }
  }
  database.close()
  return null
}

/**
 * Makes the file with our permissions; SQLite gives its side files the same. A file that exists is not opened, only looked
 * at: SQLite would follow a link to wherever it leads, and trust a file of somebody else.
 */
const reserve = (path: string): void => {
  try {
    closeSync(openSync(path, "wx", 0o600))
  } catch (cause) {
    if (errnoOf(cause) !== "EEXIST") throw cause
    for (const side of ["", "-wal", "-shm", "-journal"]) refuseForeign(path + side)
  }
}

const refuseForeign = (path: string): void => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  const reason = !found.isFile()
    ? "is not a file"
    : process.getuid !== undefined && found.uid !== process.getuid()
    ? "belongs to another user"
    : null
  if (reason !== null) throw oracleError("state_unsafe", `${path} ${reason}`)
}

/** Tells files apart that stand one after the other at the same path; null when there is none. */
export const fileIdentity = (path: string): string | null => {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? null : `${found.dev}:${found.ino}`
}

/** SQLite's primary result code, null for an error that is not SQLite's. */
export const sqliteCodeOf = (cause: unknown): number | null =>
  cause instanceof Error && "errcode" in cause && typeof cause.errcode === "number" ? cause.errcode & 0xff : null

/** SQLITE_CORRUPT, SQLITE_NOTADB, or a format that SQLite does not know. */
export const isDamage = (cause: unknown): boolean => {
  const code = sqliteCodeOf(cause)
  return code === 11 || code === 26 ||
    (code === 1 && cause instanceof Error && cause.message === "unsupported file format")
}

const headerBytes = 100

/**
 * False for a header that SQLite takes for a read-only or unknown format, or that contradicts itself. Reads the file
 * itself: only while no connection of this process has it open.
 */
export const hasSoundHeader = (path: string): boolean => {
  const header = Buffer.alloc(headerBytes)
  const file = openSync(path, "r")
  try {
    if (readSync(file, header, 0, headerBytes, 0) < headerBytes) return true
  } finally {
    closeSync(file)
  }
  const [write, read, schemaFormat] = [header[18]!, header[19]!, header.readUInt32BE(44)]
  return write <= 2 && read <= 2 && schemaFormat <= 4 && isStamped(header.readUInt32BE(60), header.readUInt32BE(68))
}

/** SQLITE_BUSY or SQLITE_LOCKED. */
export const isBusy = (cause: unknown): boolean => {
  const code = sqliteCodeOf(cause)
  return code === 5 || code === 6
}
