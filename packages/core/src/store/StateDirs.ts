/** Where everything lives on disk (PRODUCT, section 2). The layer that reads the environment is in `node/`. */
import * as Context from "effect/Context"
import type { OracleConfig } from "../config/OracleConfig.ts"
import type { JobId } from "../domain/Ids.ts"

/** Where everything lies. Paths are absolute. */
export class StateDirs extends Context.Service<StateDirs, {
  /** `ORACLE_STATE_DIR`, else the platform's user state directory. */
  readonly state: string
  /** `ORACLE_JOBS_DIR`, else `PI_ORACLE_JOBS_DIR`, else `<state>/jobs`. */
  readonly jobs: string
  /** The user's cache directory for Oracle. */
  readonly cache: string
  /** `ORACLE_CONFIG`, else `$XDG_CONFIG_HOME/oracle/config.json`. */
  readonly globalConfigFile: string
  /** `<state>/oracle.db` */
  readonly database: string
  /** `<state>/host-lock.db`; nothing but the host lock ever opens it. */
  readonly hostLock: string
  /** `<state>/host.log` */
  readonly hostLog: string
  readonly seeds: (config: OracleConfig) => string
  readonly runtimes: (config: OracleConfig) => string
  readonly job: (id: JobId) => JobPaths
}>()("@effect-oracle/core/store/StateDirs") {}

/** Absolute paths inside one job directory. */
export interface JobPaths {
  readonly directory: string
  readonly record: string
  readonly prompt: string
  readonly manifest: string
  readonly responseMarkdown: string
  readonly responseText: string
  readonly responseAlternative: string
  readonly responsePartial: string
  readonly artifactManifest: string
  readonly artifacts: string
  /** Copies of the files that are sent as they are. */
  readonly attachments: string
  readonly workerLog: string
  readonly eventLog: string
  readonly diagnostics: string
  readonly archive: (format: "tar.zst" | "tar.gz") => string
}
