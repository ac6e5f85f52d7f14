// @effect-diagnostics nodeBuiltinImport:off
/** The SqlClient over node:sqlite, one connection a process, and the care of its file. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Reactivity from "effect/reactivity/Reactivity"
import * as Schedule from "effect/Schedule"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import * as SqlClient from "effect/sql/SqlClient"
import type { Connection } from "effect/sql/SqlConnection"
import { classifySqliteError, SqlError } from "effect/sql/SqlError"
import { makeCompilerSqlite } from "effect/sql/Statement"
import * as Stream from "effect/Stream"
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite"
import type { OracleError } from "../error/OracleError.ts"
import { Database } from "../store/Database.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { replaceDamaged } from "./DatabaseCare.ts"
import { databaseFailure } from "./databaseFailure.ts"
import { fileIdentity, isBusy, isDamage, openShared } from "./SqliteFile.ts"
import { answerOf, isWhole } from "./SqliteHealth.ts"

/** Another process is switching the journal mode or recovering the log; both take moments. */
const openingRetry = Schedule.upTo(Schedule.spaced("20 millis"), { times: 250 })

class Handle {
  readonly #path: string
  readonly #statements = new Map<string, StatementSync>()
  #file: string | null
  database: DatabaseSync

  constructor(path: string, database: DatabaseSync) {
    this.#path = path
    this.#file = fileIdentity(path)
    this.database = database
  }

  /** Goes over to the file that stands in the place now, when another process has replaced the one that is open. */
  follow(): void {
    if (fileIdentity(this.#path) !== this.#file) this.reopen()
  }

  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  close(): void {
    this.#statements.clear()
    if (this.database.isOpen) this.database.close()
  }

  /** The old one stays where the new one cannot be opened: a later statement tries again. */
  reopen(): void {
    const next = openShared(this.#path)
    this.close()
    this.database = next
    this.#file = fileIdentity(this.#path)
  }
}

const execution = (operation: string) => (cause: unknown) =>
  new SqlError({ reason: classifySqliteError(cause, { message: messageOf(cause), operation }) })

const messageOf = (cause: unknown): string => cause instanceof Error ? cause.message : "the statement failed"

const begin = "BEGIN IMMEDIATE"

const connectionOf = (handle: Handle): Connection => {
  const rows = (sql: string, params: ReadonlyArray<unknown>) =>
    Effect.try({
      try: () => {
        if (sql === begin) handle.follow()
        return all(handle.prepare(sql), params.map(toSql))
      },
      catch: execution("execute")
    })
  const values = (sql: string, params: ReadonlyArray<unknown>) =>
    Effect.map(rows(sql, params), (found) => found.map((row) => Object.values(row)))
  return {
    execute: rows,
    executeUnprepared: rows,
    executeRaw: rows,
    executeValues: values,
    executeValuesUnprepared: values,
    executeStream: (sql, params) => Stream.unwrap(Effect.map(rows(sql, params), Stream.fromIterable))
  }
}

/** A number that damage made too large for JavaScript comes back inexact instead of failing the whole statement. */
const all = (statement: StatementSync, params: ReadonlyArray<SQLInputValue>): ReadonlyArray<object> => {
  try {
    return statement.all(...params)
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ERR_OUT_OF_RANGE")) throw cause
    statement.setReadBigInts(true)
    try {
      return statement.all(...params).map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value])
        )
      )
    } finally {
      statement.setReadBigInts(false)
    }
  }
}

const toSql = (value: unknown): SQLInputValue =>
  value === null || typeof value === "string" || typeof value === "number" || typeof value === "bigint" ||
    value instanceof Uint8Array
    ? value
    : typeof value === "boolean"
    ? Number(value)
    : null

const makeClient = Effect.fnUntraced(function*(handle: Handle, lock: Semaphore.Semaphore) {
  const connection = connectionOf(handle)
  return yield* SqlClient.make({
    acquirer: Semaphore.withPermit(lock, Effect.succeed(connection)),
    borrower: (use) => Semaphore.withPermit(lock, use(connection)),
    transactionAcquirer: Effect.uninterruptibleMask(Effect.fnUntraced(function*(restore) {
      const scope = Context.getUnsafe(Fiber.getCurrent()!.context, Scope.Scope)
      yield* restore(Semaphore.take(lock, 1))
      yield* Scope.addFinalizer(scope, Semaphore.release(lock, 1))
      return connection
    })),
    compiler: makeCompilerSqlite(),
    driver: "node-sqlite",
    spanAttributes: [["db.system.name", "sqlite"]],
    beginTransaction: begin,
    isTransaction: () => handle.database.isTransaction,
    releaseSavepoint: (name) => `RELEASE ${name}`
  })
})

/** Opens the database of the state directory; a file that is no database is moved aside and replaced. */
export const layer: Layer.Layer<SqlClient.SqlClient | Database, OracleError, StateDirs> = Layer.effectContext(
  Effect.gen(function*() {
    const { database: path } = yield* StateDirs
    const lock = yield* Semaphore.make(1)
    const failure = databaseFailure(path)

    const retrying = <A>(run: () => A) =>
      Effect.try({ try: run, catch: failure }).pipe(
        Effect.retry({ schedule: openingRetry, while: (error) => isBusy(error.cause) })
      )
    const open = retrying(() => openShared(path))
    const opened = yield* open.pipe(
      Effect.catchIf((error) => isDamage(error.cause), () => Effect.andThen(replaceDamaged(path), open))
    )
    const handle = yield* Effect.acquireRelease(
      Effect.sync(() => new Handle(path, opened)),
      (handle) => Effect.sync(() => handle.close())
    )
    const client = yield* makeClient(handle, lock).pipe(Effect.provide(Reactivity.layer))

    const heal = Effect.sync(() => handle.close()).pipe(
      Effect.andThen(replaceDamaged(path)),
      Effect.andThen(retrying(() => handle.reopen())),
      Semaphore.withPermit(lock),
      Effect.uninterruptible
    )

    const using = <A>(run: (database: DatabaseSync) => A) =>
      Effect.try({
        try: () => {
          handle.follow()
          return run(handle.database)
        },
        catch: failure
      }).pipe(Semaphore.withPermit(lock))

    return Context.make(SqlClient.SqlClient, client).pipe(Context.add(Database, {
      heal,
      sound: using(isWhole).pipe(
        Effect.catchIf((error) => isDamage(error.cause), () => Effect.succeed(false))
      ),
      version: using((database) => Number(answerOf(database, "PRAGMA data_version")))
    }))
  })
)
