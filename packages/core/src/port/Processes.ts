/** Port to the operating system's processes: identity that survives pid reuse, and ending by identity. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ProcessRecord } from "../domain/ProcessRecord.ts"
import type { OracleError } from "../error/OracleError.ts"

/** Identifies, looks at and ends processes, only ever by exact identity. */
export class Processes extends Context.Service<Processes, {
  /** Identity of this process; the nonce is random for each start. */
  readonly self: ProcessRecord
  /** Identity of a running process, or null when there is none (zombies count as none). */
  readonly identify: (pid: number) => Effect.Effect<ProcessRecord | null>
  /** True only for exactly this process (boot id, pid, start time). */
  readonly alive: (record: ProcessRecord) => Effect.Effect<boolean>
  /**
   * Ends exactly this process and its group, verifies that they are gone within 5 s. Of one that is dead already the group
   * is waited for, as it may still write; nothing of it is killed, as its identity is not known.
   */
  readonly end: (record: ProcessRecord) => Effect.Effect<void, OracleError>
  /** Chromium processes of our uid that have `--user-data-dir=<dir>` as a whole argument. */
  readonly browsersOn: (profileDir: string) => Effect.Effect<ReadonlyArray<ProcessRecord>>
}>()("@effect-oracle/core/port/Processes") {}
