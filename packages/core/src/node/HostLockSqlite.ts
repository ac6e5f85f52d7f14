// @effect-diagnostics nodeBuiltinImport:off
/** HostLock as an exclusive SQLite transaction that stays open: the kernel gives it back when the process dies. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { statSync } from "node:fs"
import type { DatabaseSync } from "node:sqlite"
import { type Held, HostLock } from "../host/HostLock.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { databaseFailure } from "./databaseFailure.ts"
import { isBusy, openLock } from "./SqliteFile.ts"

/** Longer than any look at the lock by a client, so that a look never makes a starting host give up. */
const acquireMs = 1000

const identityOf = (path: string): string | null => {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? null : `${found.dev}:${found.ino}`
}

export const layer: Layer.Layer<HostLock, never, StateDirs> = Layer.effect(
  HostLock,
  Effect.gen(function*() {
    const { database, hostLock } = yield* StateDirs
    const failure = databaseFailure(hostLock)

    const begin = (waitMs: number, statement: string) =>
      Effect.suspend(() => {
        let lock: DatabaseSync | undefined
        try {
          lock = openLock(hostLock, waitMs)
          lock.exec(statement)
          return Effect.succeed(lock)
        } catch (cause) {
          lock?.close()
          return isBusy(cause) ? Effect.succeed(null) : Effect.fail(failure(cause))
        }
      })

    const held = (lockIdentity: string | null): Held => {
      let databaseIdentity = identityOf(database)
      return {
        _tag: "Held",
        intact: Effect.sync(() => {
          const seen = identityOf(database)
          databaseIdentity ??= seen
          return lockIdentity !== null && identityOf(hostLock) === lockIdentity && seen === databaseIdentity
        })
      }
    }

    const tryAcquire = Effect.acquireRelease(
      begin(acquireMs, "BEGIN EXCLUSIVE"),
      (lock) => Effect.sync(() => lock?.close())
    ).pipe(
      Effect.map((lock) => lock === null ? { _tag: "Busy" as const } : held(identityOf(hostLock))),
      Effect.withSpan("HostLock.tryAcquire")
    )

    const isHeld = Effect.acquireUseRelease(
      begin(0, "SELECT COUNT(*) FROM sqlite_schema"),
      (lock) => Effect.succeed(lock === null),
      (lock) => Effect.sync(() => lock?.close())
    ).pipe(Effect.withSpan("HostLock.isHeld"))

    return HostLock.of({ tryAcquire, isHeld })
  })
)
