/** The host's own settings: the global configuration, read anew whenever capacity is decided. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { defaultConfig, type OracleConfig } from "../config/OracleConfig.ts"
import type { OracleError } from "../error/OracleError.ts"

/** At most this many jobs run on one account of one site (PRODUCT, section 7). */
export const perAccount = 5

export class HostSettings extends Context.Service<HostSettings, {
  /** The global configuration as it is now, without any project's part; fails as `config_invalid`. */
  readonly current: Effect.Effect<OracleConfig, OracleError>
}>()("@effect-oracle/core/host/HostSettings") {
  /** Settings that never change. */
  static readonly layerOf = (config: OracleConfig = defaultConfig) =>
    Layer.succeed(HostSettings, { current: Effect.succeed(config) })
}
