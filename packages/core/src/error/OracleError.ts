/** The typed failure of every public operation: a code of the error table, the facts, and the next step. */
import * as Schema from "effect/Schema"
import { type ErrorCode, errorCodes, errorTable } from "./ErrorTable.ts"

/** One of the codes of the error table. */
export const ErrorCodeSchema = Schema.Literals(errorCodes)

/**
 * A failure a caller may show as it is. `detail` names the file, key, value or page part; it never holds
 * a secret, prompt text or answer text. `step` overrides the table's next step where more is known.
 */
export class OracleError extends Schema.TaggedError<OracleError>("@effect-oracle/core/error/OracleError")(
  "OracleError",
  {
    code: ErrorCodeSchema,
    detail: Schema.String,
    step: Schema.optionalKey(Schema.String),
    facts: Schema.optionalKey(Schema.Record(Schema.String, Schema.Json)),
    cause: Schema.optionalKey(Schema.Defect())
  }
) {
  override get message(): string {
    return this.detail
  }
  get nextStep(): string {
    return this.step ?? errorTable[this.code].nextStep
  }
  get retryable(): boolean {
    return errorTable[this.code].retryable
  }
}

/** Shorthand for the common case. */
export const oracleError = (
  code: ErrorCode,
  detail: string,
  more: { readonly step?: string; readonly facts?: Record<string, Schema.Json>; readonly cause?: unknown } = {}
): OracleError => new OracleError({ code, detail, ...more })

/** What is stored on a job and printed by `--json`: the error without its cause. */
export const ErrorView = Schema.Struct({
  code: ErrorCodeSchema,
  message: Schema.String,
  nextStep: Schema.String,
  retryable: Schema.Boolean,
  facts: Schema.optionalKey(
    Schema.Record(Schema.String, Schema.Json).annotate({
      description: "What the message says, for programs: jobs, paths, sizes, steps; which of them depends on the code"
    })
  )
})
export type ErrorView = typeof ErrorView.Type

/** The printable form; `<job>` and `<site>` in the next step are filled in, from the facts where nothing else is given. */
export const viewOf = (
  error: OracleError,
  fill: { readonly job?: string; readonly site?: string } = {}
): ErrorView => {
  const { facts = {} } = error
  const named = (name: "job" | "site"): string => {
    const fact = facts[name]
    return fill[name] ?? (typeof fact === "string" ? fact : `<${name}>`)
  }
  return {
    code: error.code,
    message: error.message,
    nextStep: error.nextStep.replaceAll("<job>", () => named("job")).replaceAll("<site>", () => named("site")),
    retryable: error.retryable,
    ...(Object.keys(facts).length === 0 ? {} : { facts })
  }
}
