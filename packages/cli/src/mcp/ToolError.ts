/** A failure as an agent gets it: in a result of a tool, or as the end of a job. */
import type { ErrorView } from "@effect-oracle/core/error/OracleError"
import { sanitise } from "@effect-oracle/core/text/Sanitise"
import * as Schema from "effect/Schema"
import { stepInMcp } from "./Step.ts"

/** The codes are those of the command line and not listed here, as a list of tools is read often. */
export const ToolError = Schema.Struct({
  code: Schema.String,
  message: Schema.String,
  nextStep: Schema.String,
  retryable: Schema.Boolean,
  facts: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown))
}).annotate({ identifier: "Error" })

/** The next step names tools, and nothing of a page or a file name is left in it that a terminal obeys. */
export const toolError = ({ code, facts, message, nextStep, retryable }: ErrorView): typeof ToolError.Encoded => ({
  code,
  message: sanitise(message),
  nextStep: sanitise(stepInMcp(nextStep)),
  retryable,
  ...(facts === undefined ? {} : { facts: Object.fromEntries(Object.entries(facts).map(plainEntry)) })
})

const plainEntry = ([name, value]: readonly [string, Schema.Json]) => [sanitise(name), plain(value)] as const

const plain = (value: Schema.Json): Schema.Json => {
  if (typeof value === "string") return sanitise(value)
  if (typeof value !== "object" || value === null) return value
  return Array.isArray(value) ? value.map(plain) : Object.fromEntries(Object.entries(value).map(plainEntry))
}
