/** Identity of a process that cannot be confused by pid reuse, reboots or time zones. */
import * as Schema from "effect/Schema"

/** Identity of a process that survives the reuse of its number: boot, number, start, nonce. */
export const ProcessRecord = Schema.Struct({
  pid: Schema.Natural,
  /** Kernel start time, in the platform's own unit, as text: only compared for equality. */
  startTime: Schema.String,
  bootId: Schema.String,
  nonce: Schema.NullOr(Schema.String)
})
export type ProcessRecord = typeof ProcessRecord.Type
