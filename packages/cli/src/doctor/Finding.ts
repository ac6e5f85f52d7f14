/** One line of `oracle doctor`. */
import type { OracleError } from "@effect-oracle/core/error/OracleError"
import { viewOf } from "@effect-oracle/core/error/OracleError"

export interface Finding {
  readonly name: string
  readonly level: "ok" | "warn" | "fail"
  readonly message: string
  readonly nextStep: string | null
}

export const ok = (name: string, message: string): Finding => ({ name, level: "ok", message, nextStep: null })

export const warn = (name: string, message: string, nextStep: string | null = null): Finding => ({
  name,
  level: "warn",
  message,
  nextStep
})

/** A failure of the error table as a line. */
export const broken = (name: string, error: OracleError, level: "warn" | "fail" = "fail"): Finding => {
  const { message, nextStep } = viewOf(error)
  return { name, level, message, nextStep }
}
