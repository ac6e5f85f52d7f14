/** The command tree and its one run: parses, runs the command, prints a failure once, and gives the exit code. */
import { exitOf } from "@effect-oracle/core/error/ErrorTable"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import * as StateDirsNode from "@effect-oracle/core/node/StateDirsNode"
import * as Cause from "effect/Cause"
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import { subcommands } from "./commands/subcommands.ts"
import * as Platform from "./graph/Platform.ts"
import { commandOf, joinPrompt, nameBrowser, namePreset, screenOptions, wantsJson } from "./input/Argv.ts"
import { NoColor, Quiet } from "./input/GlobalFlags.ts"
import { Json, shapeOf } from "./input/Json.ts"
import { failureOf, report, Reported } from "./render/Failure.ts"
import * as Log from "./render/Log.ts"
import * as Presenter from "./render/Presenter.ts"
import { Screen } from "./render/Screen.ts"

const interrupted = oracleError("interrupted", "interrupted", { step: "run the command again" })

type Shape = ReturnType<typeof shapeOf>

const oracle = Command.make("oracle").pipe(
  Command.withDescription(
    "Hands a hard question together with project files to a chat product on the web, in an isolated browser in the "
      + "background, and brings back the answer and its files."
  ),
  Command.withSubcommands(subcommands),
  Command.withGlobalFlags([Json, Quiet, NoColor])
)

/** Runs one command line to its end and returns the exit code; never fails. */
export const run = (argv: ReadonlyArray<string>, version: string): Effect.Effect<number> => {
  const json = wantsJson(argv)
  const shape = shapeOf(commandOf(argv))
  return Command.runWith(oracle, { version })(nameBrowser(namePreset(joinPrompt(argv)))).pipe(
    Effect.exit,
    Effect.flatMap((exit) => Exit.isSuccess(exit) ? Effect.succeed(exitOf.ok) : end(exit.cause, json, shape)),
    Effect.onInterrupt(() => json ? report(interrupted, json, shape) : Effect.void),
    Effect.provide(layer(argv, json, shape))
  )
}

const layer = (argv: ReadonlyArray<string>, json: boolean, shape: Shape) =>
  Layer.mergeAll(Presenter.layer({ json, shape }), Layer.orDie(StateDirsNode.layerPaths)).pipe(
    Layer.provideMerge(Layer.mergeAll(Screen.layer(screenOptions(argv)), Platform.layer, Log.layer))
  )

const end = (cause: Cause.Cause<unknown>, json: boolean, shape: Shape) => {
  const error = Cause.squash(cause)
  if (error instanceof Reported) return Effect.succeed(error.exit)
  if (CliError.isCliError(error) && error._tag === "ShowHelp") {
    return Effect.succeed(error.errors.length === 0 ? exitOf.ok : exitOf.usage)
  }
  const failure = failureOf(cause)
  return Effect.andThen(
    failure.code === "internal_error" ? Screen.use((screen) => screen.alert(Cause.pretty(cause))) : Effect.void,
    report(failure, json, shape)
  )
}
