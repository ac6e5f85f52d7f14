/** Port that makes sure a host runs for this state directory. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { OracleError } from "../error/OracleError.ts"

export class HostLauncher extends Context.Service<HostLauncher, {
  /**
   * Returns once a host holds the host lock (at most 5 s), starting one detached when there is none. Fails as
   * `host_start_failed` with the reason and log tail, `host_unresponsive` or `host_newer`.
   */
  readonly ensure: Effect.Effect<void, OracleError>
}>()("@effect-oracle/core/host/HostLauncher") {}
