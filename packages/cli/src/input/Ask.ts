/** A yes-or-no question to the person at the terminal, on standard error, so that standard output stays clean. */
import { oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import { Screen } from "../render/Screen.ts"

const answerWithin = "10 minutes"

/** True for yes; an empty line is no. A question that nobody answers counts as no after ten minutes. */
export const confirm = Effect.fn("Ask.confirm")(function*(question: string) {
  const screen = yield* Screen
  yield* screen.status("")
  const text = yield* Effect.tryPromise({
    try: async (signal) => {
      const { createInterface } = await import("node:readline/promises")
      const lines = createInterface({ input: process.stdin, output: process.stderr })
      // Ctrl-C at the question reaches readline, not the process.
      lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"))
      try {
        return await Promise.race([
          lines.question(`${question} [y/N] `, { signal }),
          new Promise<string>((resolve) => lines.once("close", () => resolve("")))
        ])
      } finally {
        lines.close()
      }
    },
    catch: () => oracleError("submission_declined", "the question could not be asked")
  }).pipe(Effect.timeoutOrElse({ duration: answerWithin, orElse: () => Effect.succeed("") }))
  return /^\s*y(es)?\s*$/i.test(text)
})
