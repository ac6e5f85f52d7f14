/** What went wrong in the words of Effect AI; the code of the error table stays readable in the metadata. */
import * as AiError from "effect/ai/AiError"
import { errorTable } from "../error/ErrorTable.ts"
import type { OracleError } from "../error/OracleError.ts"

const reasonOf = (error: OracleError): AiError.AiErrorReason => {
  const description = `${error.code}: ${error.detail} (${error.nextStep})`
  const metadata = { oracle: { code: error.code, nextStep: error.nextStep, job: error.facts?.["job"] ?? null } }
  switch (error.code) {
    case "rate_limited":
      return new AiError.RateLimitError({ metadata })
    case "usage_limit_reached":
      return new AiError.QuotaExhaustedError({ metadata })
    case "seed_missing":
      return new AiError.AuthenticationError({ kind: "MissingKey", description, metadata })
    case "login_required":
    case "seed_invalid":
      return new AiError.AuthenticationError({ kind: "ExpiredKey", description, metadata })
    case "outage":
      return new AiError.InternalProviderError({ description, metadata })
    default:
      return errorTable[error.code].class === "usage"
        ? new AiError.InvalidUserInputError({ description })
        : new AiError.UnknownError({ description, metadata })
  }
}

/** A retry is a new job: what may fail with its prompt already out, and is to be resumed, is never retryable here. */
export const failureOf = (method: string, error: OracleError): AiError.AiError =>
  AiError.make({ module: "OracleLanguageModel", method, reason: reasonOf(error) })

/** A request that a chat product cannot serve. */
export const refusal = (method: string, description: string): AiError.AiError =>
  AiError.make({
    module: "OracleLanguageModel",
    method,
    reason: new AiError.InvalidUserInputError({ description })
  })
