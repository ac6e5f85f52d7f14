/** Help, version and usage errors: help that was asked for on standard output, mistakes on standard error with a hint. */
import { oracleError, viewOf } from "@effect-oracle/core/error/OracleError"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliOutput from "effect/cli/CliOutput"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import type * as HelpDoc from "effect/cli/HelpDoc"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { fitHelp, paragraph, widest } from "./HelpWidth.ts"
import { Screen } from "./Screen.ts"
import { usageSentence } from "./UsageSentence.ts"

export interface PresenterOptions {
  readonly json: boolean
  /** The keys that the JSON of the command has even when it fails. */
  readonly shape: Readonly<Record<string, unknown>>
}

export const layer = (options: PresenterOptions) =>
  Layer.effect(CliOutput.Presenter, presenter(options)).pipe(
    Layer.merge(CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }))
  )

const presenter = Effect.fnUntraced(function*({ json, shape }: PresenterOptions) {
  const screen = yield* Screen
  const formatter = CliOutput.defaultFormatter({ colors: screen.styleOut("bold", "") !== "" })
  return CliOutput.Presenter.of({
    present: Effect.fnUntraced(function*(event) {
      switch (event._tag) {
        case "Help": {
          const help = formatter.formatHelpDoc(
            wrapped(event.helpDoc, screen.printsToTerminal ? screen.columns : widest)
          )
          return yield* screen.print(screen.printsToTerminal ? fitHelp(help, screen.columns) : help)
        }
        case "Version":
          return yield* screen.print(`${event.name} ${event.version}`)
        case "InvalidInvocation": {
          // What follows a mistyped command was meant for another one.
          const unknown = event.errors.filter((error) => error._tag === "UnknownSubcommand")
          const sentences = (unknown.length > 0 ? unknown : event.errors).map(usageSentence)
          const step = `run '${event.commandPath.join(" ")} --help' to see what it takes`
          if (json) {
            return yield* screen.json({
              ...shape,
              error: viewOf(oracleError("usage_error", sentences.join("; "), { step }))
            })
          }
          for (const sentence of sentences) yield* screen.alert(`${screen.style("red", "error:")} ${sentence}`)
          return yield* screen.alert(`${screen.style("bold", "next:")}  ${step}`)
        }
      }
    })
  })
})

/** Help with its description broken into lines. */
const wrapped = (doc: HelpDoc.HelpDoc, columns: number): HelpDoc.HelpDoc => ({
  ...doc,
  description: paragraph(doc.description, columns)
})
