/** The answer of an ended job, read from its directory. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Artifact, ArtifactManifest } from "../domain/Artifact.ts"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { isEnded } from "../domain/JobPhase.ts"
import { oracleError } from "../error/OracleError.ts"
import type { Answer } from "../Oracle.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { JobStore } from "../store/JobStore.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { type Reader, readerOf } from "../wakeup/Reminder.ts"
import * as WakeUps from "../wakeup/WakeUps.ts"

const ManifestJson = Schema.fromJsonString(ArtifactManifest)

/** Paths are recomputed from the id: a record never steers what is read. A job without an answer reads as empty text. */
export const read = Effect.fn("Oracle.read")(function*(id: JobId, reader: Reader = readerOf("library")) {
  const store = yield* JobStore
  const files = yield* JobFiles
  const paths = (yield* StateDirs).job(id)
  const job = yield* store.get(id)
  if (!isEnded(job.phase)) {
    return yield* oracleError("job_not_ended", `job ${id} is ${job.status}`, {
      step: `run 'oracle wait ${id}'`,
      facts: { job: id, status: job.status }
    })
  }
  const partial = job.response?.partial ?? false
  const has = job.response !== null
  const markdown = has ? yield* files.read(partial ? paths.responsePartial : paths.responseMarkdown) : ""
  const text = has && !partial ? yield* files.read(paths.responseText) : markdown
  if (markdown === null || text === null) {
    return yield* oracleError("storage_failed", `the answer of job ${id} is missing in ${paths.directory}`)
  }
  const answer: Answer = { job, markdown, text, partial, artifacts: yield* artifactsOf(job) }
  if (job.sessionId !== null) yield* WakeUps.noteRead(id, reader)
  return answer
})

const artifactsOf = Effect.fnUntraced(function*(job: Job) {
  const none: ReadonlyArray<Artifact> = []
  if (job.artifacts === null) return none
  const files = yield* JobFiles
  const path = (yield* StateDirs).job(job.id).artifactManifest
  const text = yield* files.read(path)
  const manifest = text === null ? null : Schema.decodeResult(ManifestJson)(text)
  if (manifest === null || Result.isFailure(manifest)) {
    return yield* oracleError("storage_failed", `${path} is not readable`)
  }
  return manifest.success.artifacts
})
