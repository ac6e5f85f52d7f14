// @effect-diagnostics nodeBuiltinImport:off
/** HostLock as an exclusive SQLite transaction that stays open: the kernel gives it back when the process dies. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Held, HostLock } from "../host/HostLock.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { databaseFailure } from "./databaseFailure.ts"
import { fileIdentity, isBusy, lockFile } from "./SqliteFile.ts"

/** Longer than any look at the lock by a client, so that a look never makes a starting host give up. */
const acquireMs = 1000

/** A lock that the system frees with the process, on a SQLite file of its own. */
export const layer: Layer.Layer<HostLock, never, StateDirs> = Layer.effect(
  HostLock,
  Effect.gen(function*() {
    const { hostLock } = yield* StateDirs
    const failure = databaseFailure(hostLock)

    const begin = (waitMs: number, statement: string) =>
      Effect.suspend(() => {
        try {
          return Effect.succeed(lockFile(hostLock, waitMs, statement))
        } catch (cause) {
          return isBusy(cause) ? Effect.succeed(null) : Effect.fail(failure(cause))
        }
      })

    const held = (identity: string): Held => ({
      _tag: "Held",
      intact: Effect.sync(() => fileIdentity(hostLock) === identity)
    })

    const tryAcquire = Effect.acquireRelease(
      begin(acquireMs, "BEGIN EXCLUSIVE"),
      (lock) => Effect.sync(() => lock?.database.close())
    ).pipe(
      Effect.map((lock) => lock === null ? { _tag: "Busy" as const } : held(lock.identity)),
      Effect.withSpan("HostLock.tryAcquire")
    )

    const isHeld = Effect.acquireUseRelease(
      begin(0, "SELECT COUNT(*) FROM sqlite_schema"),
      (lock) => Effect.succeed(lock === null),
      (lock) => Effect.sync(() => lock?.database.close())
    ).pipe(Effect.withSpan("HostLock.isHeld"))

    return HostLock.of({ tryAcquire, isHeld })
  })
)
