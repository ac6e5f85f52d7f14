/** Step 11: download the files of the turn one by one, with the manifest written after each. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Artifact, ArtifactManifest } from "../../domain/Artifact.ts"
import { oracleError } from "../../error/OracleError.ts"
import type { ChatPage, ExtractedAnswer, FileCandidate } from "../../port/ChatBrowser.ts"
import { reach } from "../../port/CrashPoint.ts"
import { JobFiles } from "../../store/JobFiles.ts"
import type { JobRun } from "../JobRun.ts"
import { within } from "../StepLimits.ts"
import { anchorOf } from "./Send.ts"

export const ArtifactManifestJson = Schema.fromJsonString(ArtifactManifest)

const failed = (file: FileCandidate, error: string): Artifact => ({
  name: null,
  label: file.label,
  bytes: null,
  sha256: null,
  type: null,
  kind: file.kind,
  key: file.key,
  error
})

/** What an earlier run wrote down: a resume fetches only what is missing. */
const writtenBefore = Effect.fnUntraced(function*(run: JobRun) {
  const files = yield* JobFiles
  const text = yield* files.read(run.paths.artifactManifest)
  if (text === null) return []
  const manifest = Schema.decodeResult(ArtifactManifestJson)(text)
  return Result.isSuccess(manifest) ? manifest.success.artifacts : []
})

/**
 * Saves what the turn offers; a file that fails is recorded and loses no other. The manifest never forgets what an
 * earlier run knew, also of files that the turn does not offer any more.
 */
export const downloadArtifacts = Effect.fn("JobWorker.downloadArtifacts")(
  function*(run: JobRun, page: ChatPage, answer: ExtractedAnswer) {
    if (!run.config.artifacts.capture || answer.files.length === 0) return
    yield* run.enter("downloading_artifacts", `${answer.files.length} file(s)`)
    const before = new Map((yield* writtenBefore(run)).map((artifact) => [artifact.key, artifact]))
    const saved = [...before.values()].filter(({ error }) => error === null)
    const artifacts: Array<Artifact> = []
    for (const [index, file] of answer.files.entries()) {
      const known = before.get(file.key)
      before.delete(file.key)
      const artifact = known?.error === null
        ? known
        : index < run.config.artifacts.maxFiles
        ? yield* fetchOne(run, page, file, artifacts, saved)
        : failed(file, `more than ${run.config.artifacts.maxFiles} files in one turn`)
      artifacts.push(artifact)
      yield* writeManifest(run, [...artifacts, ...before.values()], artifact)
    }
  }
)

const fetchOne = Effect.fnUntraced(function*(
  run: JobRun,
  page: ChatPage,
  file: FileCandidate,
  done: ReadonlyArray<Artifact>,
  saved: ReadonlyArray<Artifact>
) {
  const taken = new Set(
    [...done, ...saved].flatMap((artifact) => artifact.name === null ? [] : [artifact.name.toLowerCase()])
  )
  yield* run.owned
  yield* reach("artifact.before")
  return yield* within("download", run.config)(page.download({
    file,
    anchor: anchorOf(yield* run.job),
    directory: run.paths.artifacts,
    maxBytes: run.config.artifacts.maxBytes,
    taken
  })).pipe(
    Effect.tap(() => reach("artifact.after")),
    Effect.catchIf(
      (error) => error.code !== "browser_crashed",
      (error) => Effect.succeed(failed(file, error.message))
    )
  )
})

const writeManifest = Effect.fnUntraced(function*(run: JobRun, artifacts: ReadonlyArray<Artifact>, last: Artifact) {
  const files = yield* JobFiles
  const text = yield* Schema.encodeEffect(ArtifactManifestJson)({ schemaVersion: 1, artifacts }).pipe(
    Effect.mapError((cause) => oracleError("internal_error", "the artifact manifest cannot be encoded", { cause }))
  )
  yield* files.write(run.paths.artifactManifest, text)
  const failures = artifacts.filter((artifact) => artifact.error !== null).length
  yield* run.change((job) =>
    Result.succeed({
      ...job,
      artifacts: { manifestPath: run.paths.artifactManifest, count: artifacts.length - failures, failures }
    }), {
    durable: true,
    events: [{
      source: "worker",
      kind: "artifact",
      message: last.error === null ? `saved ${last.name ?? ""} (${last.bytes ?? 0} bytes)` : `not saved: ${last.error}`
    }]
  })
  yield* reach("manifest.recorded")
})
