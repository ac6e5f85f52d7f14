/** Writes `docs/user/errors.md` from the error table: `node --conditions=oracle-source build/errors-doc.ts`. */
import { type ErrorClass, errorCodes, errorTable, exitOf } from "@effect-oracle/core/error/ErrorTable"
import { writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { markdownTable } from "./markdownTable.ts"

export const errorsDocFile = join(dirname(import.meta.dirname), "docs", "user", "errors.md")

const classes: Readonly<Record<ErrorClass, string>> = {
  usage: "The command or the request is wrong",
  notReady: "Something has to be set up first",
  notFound: "The job does not exist",
  busy: "Something is in use",
  jobFailed: "The job failed",
  cancelled: "The job was cancelled",
  timeout: "A time limit was reached",
  interrupted: "The command was interrupted",
  other: "Anything else"
}

const section = (name: ErrorClass): string => {
  const rows = errorCodes.filter((code) => errorTable[code].class === name).map((code) => [
    `\`${code}\``,
    errorTable[code].retryable ? "yes" : "no",
    errorTable[code].nextStep
  ])
  return `## ${classes[name]} (exit ${exitOf[name]})\n\n${markdownTable(["code", "retryable", "next step"], rows)}\n`
}

const order: ReadonlyArray<ErrorClass> = [
  "usage",
  "notReady",
  "notFound",
  "busy",
  "jobFailed",
  "cancelled",
  "timeout",
  "interrupted",
  "other"
]

export const errorsDoc = (): string =>
  `# Errors

<!-- Written by build/errors-doc.ts from packages/core/src/error/ErrorTable.ts; change the table, not this page. -->

Every failure has a code, a message and a next step. With \`--json\` a command prints \`{"error": {code, message, nextStep, retryable}}\`,
and \`facts\` beside them where the message names files, jobs, sizes or steps: the same as values for programs.
The exit code follows the class of the error, also when the error ended a job: a job that failed as \`login_required\`
makes \`ask\` and \`wait\` exit with 3. Success is exit 0. Retryable means that the same request can succeed later without a change.

${order.map(section).join("\n")}`

if (import.meta.main) writeFileSync(errorsDocFile, errorsDoc())
