// @effect-diagnostics nodeBuiltinImport:off
/**
 * A shared or exclusive lock between processes that the kernel releases when its holder dies: a transaction that is
 * held open on a small SQLite file. Nothing else may ever open that file.
 */
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import { isBusy, openLock } from "@effect-oracle/core/node/SqliteFile"
import { makeSafe } from "@effect-oracle/core/node/StateSafety"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import { dirname } from "node:path"
import type { DatabaseSync } from "node:sqlite"
import { fsFailure } from "./FsFailure.ts"

export interface LockRequest {
  readonly file: string
  readonly mode: "shared" | "exclusive"
  /** How long to wait for other holders; with 0 the lock is tried once. */
  readonly waitMs: number
  /** The failure when they still hold it then. */
  readonly busy: () => OracleError
}

const begin = (database: DatabaseSync, mode: LockRequest["mode"]): boolean => {
  try {
    database.exec(mode === "shared" ? "BEGIN" : "BEGIN EXCLUSIVE")
    database.prepare("SELECT count(*) FROM sqlite_schema").get()
    return true
  } catch (cause) {
    if (database.isTransaction) database.exec("ROLLBACK")
    if (isBusy(cause)) return false
    throw cause
  }
}

const everyMs = 25

/** Holds the lock until the scope closes. */
export const acquire = (request: LockRequest): Effect.Effect<void, OracleError, Scope.Scope> => {
  const failed = fsFailure(`lock ${request.file}`)
  const open = Effect.andThen(
    makeSafe(dirname(request.file)),
    Effect.try({ try: () => openLock(request.file, 0), catch: failed })
  )
  return Effect.gen(function*() {
    const database = yield* Effect.acquireRelease(open, (database) => Effect.sync(() => database.close()))
    yield* Effect.try({ try: () => begin(database, request.mode), catch: failed }).pipe(
      Effect.flatMap((held) => held ? Effect.void : Effect.fail("held" as const)),
      Effect.retry({
        schedule: Schedule.spaced(everyMs).pipe(Schedule.upTo({ times: Math.ceil(request.waitMs / everyMs) })),
        while: (error) => error === "held"
      }),
      Effect.mapError((error) => error === "held" ? request.busy() : error)
    )
  })
}
