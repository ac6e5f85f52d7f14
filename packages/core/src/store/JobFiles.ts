/** Port to the files of jobs: atomic writes, appends, reads and the bounded removal of a job directory. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { JobId } from "../domain/Ids.ts"
import type { OracleError } from "../error/OracleError.ts"
import type { JobPaths } from "./StateDirs.ts"

/**
 * Failures name the path: `disk_full` (no space, quota), `state_unwritable` (permission, read-only) or
 * `storage_failed` (anything else).
 */
export class JobFiles extends Context.Service<JobFiles, {
  /**
   * Makes a directory for state elsewhere (0700), or finds that the one there can be used. Fails as `state_unsafe` or
   * `state_unwritable`, naming it.
   */
  readonly makeSafe: (directory: string) => Effect.Effect<void, OracleError>
  /** Makes the job's directory, `logs/`, `artifacts/` and `diagnostics/`, each 0700. Making them again is harmless. */
  readonly makeDirs: (id: JobId) => Effect.Effect<JobPaths, OracleError>
  /** Replaces the file atomically and durably, 0600: after a crash it holds the old or the new content, never a part. */
  readonly write: (path: string, content: string | Uint8Array) => Effect.Effect<void, OracleError>
  /** Adds text to the end of the file, 0600; made when absent, never through a symlink. Not synced. */
  readonly append: (path: string, text: string) => Effect.Effect<void, OracleError>
  /** The text of a file, or null when there is none. */
  readonly read: (path: string) => Effect.Effect<string | null, OracleError>
  /** The first `bytes` of a file as text, or null when there is none. */
  readonly readHead: (path: string, bytes: number) => Effect.Effect<string | null, OracleError>
  /** Removes one file inside a job directory; absence is fine, anything outside is refused. */
  readonly removeFile: (id: JobId, path: string) => Effect.Effect<void, OracleError>
  /** Removes archives and copies of attachments, finished or not, whatever a record says of them. Absence is fine. */
  readonly removeCopies: (id: JobId) => Effect.Effect<void, OracleError>
  /** Removes the job's directory: a direct child of the jobs directory, owned by us, never a symlink. Absence is fine. */
  readonly remove: (id: JobId) => Effect.Effect<void, OracleError>
  /** Ids that have a directory `oracle-<id>`; foreign names are left out. */
  readonly list: Effect.Effect<ReadonlyArray<JobId>, OracleError>
  /** Paths of directories `oracle-...` that another tool keeps in the same place: to be named, never to be touched. */
  readonly foreign: Effect.Effect<ReadonlyArray<string>, OracleError>
}>()("@effect-oracle/core/store/JobFiles") {}
