/** Port to the seed profiles: checks, clones and reports them. Making a seed belongs to the browser package. */
import * as Context from "effect/Context"
import type * as DateTime from "effect/DateTime"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { OracleConfig } from "../config/OracleConfig.ts"
import type { AccountName, SiteName } from "../domain/Ids.ts"
import type { OracleError } from "../error/OracleError.ts"

/** What is known about a seed without opening it. */
export interface SeedStatus {
  readonly site: SiteName
  readonly account: AccountName
  readonly directory: string
  readonly generation: number
  /** Rises when rotated cookies are merged back into the same generation. */
  readonly revision?: number
  readonly createdAt: DateTime.Utc
  /** Masked e-mail or id, as shown to people. */
  readonly identity: string | null
  /** When the login ends by its own cookies; null where they do not say. */
  readonly sessionExpiresAt?: DateTime.Utc | null
}

/** A clone of a seed that belongs to one job. */
export interface RuntimeProfile {
  readonly id: string
  /** `<state>/runtimes/<id>/profile` */
  readonly profileDir: string
  /** `<state>/runtimes/<id>/tmp` */
  readonly tempDir: string
  readonly seedGeneration: number
}

/** Which seed. */
export interface SeedKey {
  readonly site: SiteName
  readonly account: AccountName
  readonly config: OracleConfig
}

/** Looks at seeds and clones them. */
export class SeedProfiles extends Context.Service<SeedProfiles, {
  /** Cheap preflight; fails as `seed_missing`, `seed_invalid` or `profile_unsafe`. */
  readonly check: (key: SeedKey) => Effect.Effect<SeedStatus, OracleError>
  /** Directories of runtimes that exist, for reconcile. */
  readonly runtimes: (config: OracleConfig) => Effect.Effect<ReadonlyArray<string>, OracleError>
  /**
   * Clones the seed under its shared lock into a new runtime directory (0700). Closing the scope removes the
   * directory as `removeRuntime` does; a removal that fails is kept as a warning by the caller.
   */
  readonly clone: (key: SeedKey, runtimeId: string) => Effect.Effect<RuntimeProfile, OracleError, Scope.Scope>
  /** Removes staged profiles whose sign-in died; answers which. One that is being prepared stays. */
  readonly removeStaging: (config: OracleConfig) => Effect.Effect<ReadonlyArray<string>, OracleError>
  /**
   * Removes a runtime directory by its id; recomputes the path, refuses anything that is not a direct child. Cookies that
   * the site rotated in it go back to the seed first, where its page was signed in at the end and the seed is still the
   * one it was cloned from.
   */
  readonly removeRuntime: (config: OracleConfig, runtimeId: string) => Effect.Effect<void, OracleError>
}>()("@effect-oracle/core/port/SeedProfiles") {}
