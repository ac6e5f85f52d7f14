/** `oracle pack`: what a submission would send, what it leaves out and why. Sends nothing. */
import { Archiver, type Selected } from "@effect-oracle/core/archive/Archiver"
import { plural } from "@effect-oracle/core/text/Format"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { withArchiver } from "../graph/withArchiver.ts"
import { loadConfig, project } from "../input/Here.ts"
import { Json } from "../input/Json.ts"
import { allowSecretFileFlag, filesFlag } from "../input/SubmissionFlags.ts"
import { Screen } from "../render/Screen.ts"
import { entryLines, exclusionLines, secretLines, totalLine } from "../render/SelectedTable.ts"
import { selectionView } from "../render/SelectionView.ts"

const defaultLimit = 30

export const pack = Command.make("pack", {
  paths: Argument.String("path").pipe(
    Argument.withDescription("File, folder or glob, as with --files"),
    Argument.variadic({ min: 0 })
  ),
  files: filesFlag.pipe(
    Flag.withDescription(
      "File, folder or glob, relative to the project; '!path' leaves out. Repeatable (default: '.', all of it)"
    )
  ),
  allowSecretFile: allowSecretFileFlag,
  limit: Flag.Int("limit").pipe(
    Flag.withMetavar("number"),
    Flag.withDescription(`Rows of each table (default: ${defaultLimit}; --json lists all)`),
    Flag.filter((value) => value > 0, () => "a number above 0"),
    Flag.withDefault(defaultLimit)
  )
}).pipe(
  Command.withDescription(
    "Show what a selection holds: each file with its size, the largest first, an estimate of tokens, what is left out by "
      + "which rule, and secrets. Nothing is sent and nothing is written."
  ),
  Command.withShortDescription("Show what a selection would send and what it leaves out"),
  Command.withExamples([
    { command: "oracle pack", description: "The whole project, as with --files ." },
    { command: "oracle pack --files 'src/**' --files '!src/gen'", description: "A selection" },
    { command: "oracle pack src --json", description: "For programs: {root, entries, exclusions, secrets, totals}" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.pack")(function*({ allowSecretFile, files, limit, paths }) {
      const json = yield* Json
      const { config } = yield* loadConfig()
      const inputs = [...paths, ...files]
      yield* withArchiver(Effect.gen(function*() {
        const archiver = yield* Archiver
        const screen = yield* Screen
        yield* screen.status("looking at the files")
        const root = yield* project
        const selected = yield* archiver.select({
          root,
          cwd: root,
          inputs: inputs.length === 0 ? ["."] : inputs,
          exclude: config.archive.exclude,
          allowSecretFiles: [...config.archive.allowSecretFiles, ...allowSecretFile]
        })
        yield* screen.status("")
        yield* json ? screen.json(selectionView(selected)) : show(selected, limit)
      }))
    })
  )
)

const show = Effect.fnUntraced(function*(selected: Selected, limit: number) {
  const screen = yield* Screen
  const columns = process.stdout.isTTY ? screen.columns : undefined
  const blocks = [
    entryLines(selected, limit, columns),
    selected.exclusions.length === 0 ? [] : exclusionLines(selected.exclusions, limit, columns),
    selected.secrets.length === 0 ? [] : secretLines(selected.secrets),
    [totalLine(selected)]
  ]
  yield* screen.print(blocks.filter((block) => block.length > 0).map((block) => block.join("\n")).join("\n\n"))
  const refused = selected.secrets.filter(({ allowed }) => !allowed)
  if (refused.length === 0) return
  const files = new Set(refused.map(({ path }) => path))
  yield* screen.note(
    `a submission of these files is refused: ${plural(refused.length, "secret")} in ${plural(files.size, "file")}`
  )
  yield* screen.note("remove them, leave the files out with --files '!path', or pass --allow-secret-file path")
})
