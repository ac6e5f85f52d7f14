/** A mistake on the command line in one sentence, with what was probably meant. */
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import type * as CliError from "effect/cli/CliError"

export const usageSentence = (error: CliError.NonShowHelpErrors): string => sanitiseLine(words(error)).trim()

const words = (error: CliError.NonShowHelpErrors): string => {
  switch (error._tag) {
    case "UnknownSubcommand":
      return `'${error.subcommand}' is no command of ${nameOf(error.parent)}${
        error.suggestions.length === 0 && (error.parent ?? []).length <= 1 ? toAsk : meant(error.suggestions)
      }`
    case "UnrecognizedOption":
      return `${nameOf(error.command)} has no flag ${error.option}${
        meant(error.suggestions.length > 0 ? error.suggestions : globals.filter((flag) => isNear(error.option, flag)))
      }`
    case "InvalidValue": {
      const flag = error.kind === "argument" ? `<${error.option}>` : `--${error.option}`
      const expected = error.expected.replace(/^Expected:? /, "")
      return error.value === ""
        ? `${flag} needs a value: ${expected}`
        : `${flag} cannot be '${error.value}'; it takes ${expected}`
    }
    case "MissingOption":
      return `--${error.option} is needed`
    case "MissingArgument":
      return `<${error.argument}> is needed`
    case "UnexpectedArgument":
      return `nothing is taken here: ${error.arguments.map((value) => `'${value}'`).join(", ")}`
    default:
      return error.message
  }
}

/** Words that were meant as a prompt never become one: a run costs the person something. */
const toAsk = "; to ask something: oracle ask -p \"...\" --files ."

const globals = ["--json", "--quiet", "--no-color", "--help", "--version"]

/** The same letters but for one that is missing, too many, wrong, or changed places with its neighbour. */
const isNear = (given: string, flag: string): boolean => {
  let at = 0
  while (at < given.length && given[at] === flag[at]) at += 1
  const [a, b] = [given.slice(at), flag.slice(at)]
  return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1)
    || (a.slice(2) === b.slice(2) && a[0] === b[1] && a[1] === b[0])
}

const nameOf = (path: ReadonlyArray<string> | undefined): string => (path ?? ["oracle"]).join(" ")

const meant = (suggestions: ReadonlyArray<string>): string =>
  suggestions.length === 0 ? "" : `; did you mean ${suggestions.map((name) => `'${name}'`).join(" or ")}?`
