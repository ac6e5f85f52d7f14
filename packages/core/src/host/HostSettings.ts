/** The host's own settings: the global configuration, read anew whenever capacity is decided. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import type * as Path from "effect/Path"
import * as ConfigSources from "../config/ConfigSources.ts"
import { defaultConfig, type OracleConfig } from "../config/OracleConfig.ts"
import type { OracleError } from "../error/OracleError.ts"
import type { StateDirs } from "../store/StateDirs.ts"

/** At most this many jobs run on one account of one site (PRODUCT, section 7). */
export const perAccount = 5

/** Where the host reads its capacity. */
export class HostSettings extends Context.Service<HostSettings, {
  /** The global configuration as it is now, without any project's part; fails as `config_invalid`. */
  readonly current: Effect.Effect<OracleConfig, OracleError>
}>()("@effect-oracle/core/host/HostSettings") {
  /** The global file and the environment, read anew at each look. */
  static readonly layer = Layer.effect(
    HostSettings,
    Effect.map(
      Effect.context<FileSystem.FileSystem | Path.Path | StateDirs>(),
      (context) =>
        HostSettings.of({
          current: ConfigSources.load({ projectRoot: null }).pipe(
            Effect.map(({ config }) => config),
            Effect.provide(context)
          )
        })
    )
  )

  /** Settings that never change. */
  static readonly layerOf = (config: OracleConfig = defaultConfig) =>
    Layer.succeed(HostSettings, { current: Effect.succeed(config) })
}
