/** What the libraries below log while a command runs: a line on standard error from a warning on, nothing else. */
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"

const textOf = (message: unknown): string =>
  (Array.isArray(message) ? message : [message]).filter((part) => typeof part === "string").join(" ")

/** Standard output belongs to answers and to the one JSON object. */
export const layer = Logger.layer([
  Logger.make(({ logLevel, message }) => {
    if (LogLevel.isGreaterThanOrEqualTo(logLevel, "Warn")) {
      process.stderr.write(`note: ${sanitiseLine(textOf(message))}\n`)
    }
  })
])
