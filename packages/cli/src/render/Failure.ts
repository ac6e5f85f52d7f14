/** Every way a command can fail, as one printable view with the exit code of the error table. */
import { exitCodeOf } from "@effect-oracle/core/error/ErrorTable"
import { type ErrorView, OracleError, oracleError, viewOf } from "@effect-oracle/core/error/OracleError"
import { sanitise } from "@effect-oracle/core/text/Sanitise"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Screen } from "./Screen.ts"

/** The command has already printed what happened; only the exit code is left to set. */
export class Reported extends Schema.TaggedError<Reported>("@effect-oracle/cli/render/Failure/Reported")("Reported", {
  exit: Schema.Int
}) {
  override get message(): string {
    return `ended with exit code ${this.exit}`
  }
}

export const exitOfView = (view: ErrorView): number => exitCodeOf(view.code)

/** Anything that a command failed with, as a row of the table; what is not in it is a defect of ours. */
export const failureOf = (cause: Cause.Cause<unknown>): OracleError => {
  if (Cause.hasInterruptsOnly(cause)) {
    return oracleError("interrupted", "interrupted", { step: "run the command again" })
  }
  const error = Cause.squash(cause)
  return error instanceof OracleError
    ? error
    : oracleError("internal_error", `oracle failed in a way it should not: ${messageOf(error)}`)
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : typeof error === "string" ? error : "unknown reason"

/** The lines for people: what happened, and what to do next. */
export const explain = Effect.fnUntraced(function*(view: ErrorView) {
  const screen = yield* Screen
  yield* screen.alert(`${screen.style("red", "error:")} ${sanitise(view.message)}`)
  yield* screen.alert(`${screen.style("bold", "next:")}  ${sanitise(view.nextStep)}`)
})

/** Prints a failure as the surface asks for it and returns its exit code. `shape` holds the keys that the command's JSON always has. */
export const report = Effect.fnUntraced(
  function*(error: OracleError, json: boolean, shape: Readonly<Record<string, unknown>>) {
    const screen = yield* Screen
    const view = viewOf(error)
    yield* screen.status("")
    if (json) yield* screen.json({ ...shape, error: view })
    else yield* explain(view)
    return exitOfView(view)
  }
)
