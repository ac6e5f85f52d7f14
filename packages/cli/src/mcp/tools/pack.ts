/** `oracle_pack`: what a selection would send and what it leaves out. Sends nothing. */
import { Archiver } from "@effect-oracle/core/archive/Archiver"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { withArchiver } from "../../graph/withArchiver.ts"
import { selectionView } from "../../render/SelectionView.ts"
import { Entry, Exclusion, Secret, Totals } from "../../view/SelectionView.ts"
import { configOf } from "../Config.ts"
import { project } from "../ProjectScope.ts"
import { register } from "../Tool.ts"

const defaultLimit = 50

export const filesField = Schema.Array(Schema.String).annotate({
  description: "Files, folders and globs relative to the project; '!path' leaves out, '.' is all of it"
})

export const pack = register({
  name: "oracle_pack",
  title: "Show what would be sent",
  description:
    "Shows what a selection of files holds: the largest files, sizes, an estimate of tokens, what is left out "
    + "by which rule, and secrets that would refuse a submission. Sends nothing and writes nothing.",
  hints: { readOnly: true, destructive: false, idempotent: true, openWorld: false },
  input: Schema.Struct({
    files: filesField,
    limit: Schema.optionalKey(
      Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 })).annotate({
        description: `Rows of each list (default ${defaultLimit}); 'totals' counts all`
      })
    )
  }),
  output: Schema.Struct({
    root: Schema.String,
    entries: Schema.Array(Entry.mapFields(({ bytes, path }) => ({ path, bytes }))),
    exclusions: Schema.Array(Exclusion),
    secrets: Schema.Array(Secret),
    totals: Totals
  }),
  handle: ({ files, limit = defaultLimit }) =>
    withArchiver(Effect.gen(function*() {
      const archiver = yield* Archiver
      const root = yield* project
      const config = yield* configOf(root)
      const selected = yield* archiver.select({
        root,
        cwd: root,
        inputs: files,
        exclude: config.archive.exclude,
        allowSecretFiles: config.archive.allowSecretFiles
      })
      const view = selectionView(selected)
      return {
        output: {
          ...view,
          entries: view.entries.slice(0, limit).map(({ bytes, path }) => ({ path, bytes })),
          exclusions: view.exclusions.slice(0, limit),
          secrets: view.secrets.slice(0, limit)
        }
      }
    }))
})
