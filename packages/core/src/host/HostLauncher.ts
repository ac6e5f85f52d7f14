/** Port that makes sure a host runs for this state directory. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { OracleError } from "../error/OracleError.ts"

/** Makes sure that some host works on the jobs. */
export class HostLauncher extends Context.Service<HostLauncher, {
  /**
   * For a command: returns once a host holds the host lock, starting one detached when there is none, once more also after
   * rapid exits. It gets 5 s until it has the lock, and as long again until its record is there. Fails as
   * `host_start_failed` with reason, code, signal and log tail, `host_unresponsive` or `host_newer`.
   */
  readonly ensure: Effect.Effect<void, OracleError>
  /** For a watcher that calls it again and again: the same, but a host that was given up stays so. */
  readonly keep: Effect.Effect<void, OracleError>
}>()("@effect-oracle/core/host/HostLauncher") {}
