/** Opens everything that a submission needs, and reports mistakes of the selection before those of the environment. */
import { Archiver } from "@effect-oracle/core/archive/Archiver"
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import { withArchiver } from "../graph/withArchiver.ts"
import { withOracle } from "../graph/withOracle.ts"
import { project } from "../input/Here.ts"
import type { SubmissionRequest } from "./submission.ts"

/** When state, store or browser cannot even be opened, a wrong `--files` is the first thing to say nevertheless. */
export const withSubmission = <A, E, R>(request: SubmissionRequest, work: Effect.Effect<A, E | OracleError, R>) =>
  Effect.suspend(() => {
    let opened = false
    const begun = Effect.sync(() => (opened = true))
    return withOracle(Effect.andThen(begun, work)).pipe(
      Effect.tapError(() => opened ? Effect.void : inputMistake(request))
    )
  })

/** Fails where the selection is wrong. */
const inputMistake = Effect.fnUntraced(function*({ config, flags }: SubmissionRequest) {
  if (flags.files.length === 0 && flags.attach.length > 0) return
  if (flags.files.length === 0) return yield* oracleError("archive_input_required", "no file, folder or glob was named")
  yield* withArchiver(Effect.gen(function*() {
    const archiver = yield* Archiver
    const root = yield* project
    yield* archiver.select({
      root,
      cwd: root,
      inputs: flags.files,
      exclude: config.archive.exclude,
      allowSecretFiles: flags.allowSecretFile
    })
  }))
})
