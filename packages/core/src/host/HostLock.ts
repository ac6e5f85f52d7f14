/** Port to the lock that makes a host the only one of its state directory (ARCHITECTURE, "State"). */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { OracleError } from "../error/OracleError.ts"

/** The lock is held until the scope closes or the process dies. */
export interface Held {
  readonly _tag: "Held"
  /** False when the lock file was removed or replaced since: the holder stops at once, another may hold the new one. */
  readonly intact: Effect.Effect<boolean>
}

/** What became of the try to be the host. */
export type Acquired = Held | { readonly _tag: "Busy" }

/** The one right to run jobs of a state directory. */
export class HostLock extends Context.Service<HostLock, {
  /** Takes the lock or reports `Busy` after at most a second. Call `JobStore.advanceEpoch` before any other write. */
  readonly tryAcquire: Effect.Effect<Acquired, OracleError, Scope.Scope>
  /** True while some process holds the lock. Never takes it from a host that is starting. */
  readonly isHeld: Effect.Effect<boolean, OracleError>
}>()("@effect-oracle/core/host/HostLock") {}
