/** Turns what Playwright throws into typed failures: a navigation, a lost page, a time-out, or something else. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Schema from "effect/Schema"

/** The document went away under the reading: everything read so far is void and may be read again. */
export class PageNavigated extends Schema.TaggedError<PageNavigated>(
  "@effect-oracle/browser/drive/PageFailure/PageNavigated"
)("PageNavigated", { step: Schema.String }) {
  override get message(): string {
    return `the page navigated during ${this.step}`
  }
}

const lost =
  /target (page, context or browser has been )?closed|page (has been )?closed|browser (has been )?(closed|disconnected)|context (has been )?closed|page crashed|target crashed|browser disconnected|connection closed|session closed/i
const navigated =
  /execution context was destroyed|inspected target navigated|cannot find context|frame was detached|frame detached|because of a navigation|unable to adopt element|js ?handle is disposed|object has been collected|no frame for given id/i
const timedOut = /timeout \d+ ?ms exceeded|timed out|timeouterror/i

export type FailureKind = "lost" | "navigated" | "timeout" | "other"

const textOf = (cause: unknown): string => cause instanceof Error ? `${cause.name} ${cause.message}` : String(cause)

/** A lost page beats a navigation: after a crash both words may appear. */
export const kindOf = (cause: unknown): FailureKind => {
  const text = textOf(cause)
  if (lost.test(text)) return "lost"
  if (navigated.test(text)) return "navigated"
  return timedOut.test(text) ? "timeout" : "other"
}

export const lostError = (step: string, cause?: unknown): OracleError =>
  oracleError("browser_crashed", `the page was lost during ${step}`, {
    facts: { step },
    ...(cause === undefined ? {} : { cause })
  })

export const timeoutError = (step: string, part: string | null, ms: number): OracleError =>
  oracleError(
    "step_timeout",
    part === null ? `${step} did not end within ${ms} ms` : `${step} waited ${ms} ms for ${part}`,
    { facts: { step, ...(part === null ? {} : { part }), ms } }
  )

/** `part` is the name that the site definition gives the element. */
export const failureOf = (step: string, part: string | null, cause: unknown): OracleError | PageNavigated => {
  switch (kindOf(cause)) {
    case "lost":
      return lostError(step, cause)
    case "navigated":
      return new PageNavigated({ step })
    case "timeout":
      return oracleError(
        "step_timeout",
        part === null ? `${step} took too long` : `${step} waited too long for ${part}`,
        {
          facts: { step, ...(part === null ? {} : { part }) },
          cause
        }
      )
    case "other":
      return oracleError("page_unknown", part === null ? `${step} failed on the page` : `${step} failed at ${part}`, {
        facts: { step, ...(part === null ? {} : { part }) },
        cause
      })
  }
}
