/** Releases that are bounded in time: a hung close becomes a warning and never holds a lease. */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import type { CleanupPartName, JobRun } from "./JobRun.ts"
import { limitOf } from "./StepLimits.ts"

/**
 * Acquires a resource in a scope of its own whose closing may take at most the limit of a release. The close runs on a
 * fiber of its own because finalizers cannot be interrupted: after the limit it is left behind, and `onHung` does what
 * ends the resource by force.
 */
export const bounded = Effect.fnUntraced(function*<A, E, R>(
  run: JobRun,
  part: CleanupPartName,
  acquire: Effect.Effect<A, E, R>,
  onHung: Effect.Effect<void>
) {
  const scope = yield* Scope.make()
  yield* Effect.addFinalizer((exit) => release(run, part, Scope.close(scope, exit), onHung))
  return yield* Scope.provide(acquire, scope)
})

const release = Effect.fnUntraced(function*(
  run: JobRun,
  part: CleanupPartName,
  close: Effect.Effect<void>,
  onHung: Effect.Effect<void>
) {
  const limit = limitOf("teardown", run.config)
  const closing = yield* Effect.forkDetach(close, { startImmediately: true })
  const exit = yield* Fiber.await(closing).pipe(Effect.interruptible, Effect.timeoutOption(limit))
  if (Option.isNone(exit)) {
    yield* run.warn(part, `${part}: release did not end within ${limit} ms`)
    return yield* onHung.pipe(Effect.interruptible, Effect.timeoutOption(limit), Effect.asVoid)
  }
  yield* run.warn(part, Exit.isFailure(exit.value) ? `${part}: ${Cause.pretty(exit.value.cause)}` : null)
})
