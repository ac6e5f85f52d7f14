/** What a request comes to: text for the model or the person, and facts for the renderers. */
import { type ErrorView, OracleError, oracleError, viewOf } from "@effect-oracle/core/error/OracleError"
import { sanitise, sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import { flagsAsArguments } from "@effect-oracle/core/text/ToolArguments"
import * as Cause from "effect/Cause"

export interface Outcome {
  readonly text: string
  readonly isError: boolean
  readonly details: Details
}

/** Kept in the session; never the answer itself, configuration or processes. */
export interface Details {
  /** One line for the compact view. */
  readonly summary: string
  readonly job?: JobFacts
  readonly error?: ErrorView
  readonly ready?: boolean
}

export interface JobFacts {
  readonly id: string
  readonly status: string
  readonly phase: string
  readonly site: string
}

export const succeeded = (text: string, details: Details): Outcome => ({ text, isError: false, details })

/** Commands of the command line that pi has too, in the form in which pi has them: a job, or a site and its account, at most. */
const commands =
  /'oracle (?:(auth)(?: (chatgpt|grok|practice)(?: --account ([a-z0-9_-]+))?)?|(status|read|cancel|clean)(?: ([0-9a-f-]+|<job>))?)'/g
const waiting = /(\brun )?'oracle wait(?: ([0-9a-f-]+|<job>))?'/g

/** A next step as somebody in pi takes it; what only the command line can do stays as it is. */
export const stepInPi = (step: string): string =>
  flagsAsArguments(step)
    .replaceAll(
      commands,
      (_, auth?: string, site?: string, account?: string, name?: string, job?: string) =>
        [`/oracle-${auth ?? name ?? ""}`, site, account, job].filter((part) => part !== undefined).join(" ")
    )
    .replaceAll(waiting, (_, run?: string, job?: string) =>
      `${run === undefined ? "" : "call "}oracle_read${job === undefined ? "" : ` with jobId ${job}`}`)

/** Every way to fail, as the model and the person read it. */
export const failed = (cause: Cause.Cause<unknown>): Outcome => {
  const view = viewOfFailure(cause)
  return {
    text: `${view.code}: ${sanitise(view.message)}\nNext step: ${sanitise(view.nextStep)}`,
    isError: true,
    details: { summary: `${view.code}: ${sanitiseLine(view.message)}`, error: view }
  }
}

export const viewOfFailure = (cause: Cause.Cause<unknown>): ErrorView => {
  const view = viewOf(errorOf(cause))
  return { ...view, nextStep: stepInPi(view.nextStep) }
}

const errorOf = (cause: Cause.Cause<unknown>): OracleError => {
  if (Cause.hasInterruptsOnly(cause)) {
    return oracleError("interrupted", "interrupted; /oracle-status shows what is left of it", {
      step: "call the tool again if it is still wanted"
    })
  }
  const error = Cause.squash(cause)
  if (error instanceof OracleError) return error
  const reason = error instanceof Error ? error.message || error.name : "unknown reason"
  return oracleError("internal_error", `oracle failed in a way it should not: ${reason}`)
}
