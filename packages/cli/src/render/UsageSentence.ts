/** A mistake on the command line in one sentence, with what was probably meant. */
import { sanitiseLine } from "@effect-oracle/core/text/Sanitise"
import type * as CliError from "effect/cli/CliError"

export const usageSentence = (error: CliError.NonShowHelpErrors): string => sanitiseLine(words(error)).trim()

const words = (error: CliError.NonShowHelpErrors): string => {
  switch (error._tag) {
    case "UnknownSubcommand":
      return `'${error.subcommand}' is no command of ${nameOf(error.parent)}${meant(error.suggestions)}`
    case "UnrecognizedOption":
      return `${nameOf(error.command)} has no flag ${error.option}${meant(error.suggestions)}`
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

const nameOf = (path: ReadonlyArray<string> | undefined): string => (path ?? ["oracle"]).join(" ")

const meant = (suggestions: ReadonlyArray<string>): string =>
  suggestions.length === 0 ? "" : `; did you mean ${suggestions.map((name) => `'${name}'`).join(" or ")}?`
