/** Steps 5 and 6: select and verify the model, then attach the archive and the other files and prove each upload. */
import * as Effect from "effect/Effect"
import * as Path from "effect/Path"
import * as Result from "effect/Result"
import type { Job } from "../../domain/Job.ts"
import { oracleError } from "../../error/OracleError.ts"
import type { ChatPage, UploadProgress } from "../../port/ChatBrowser.ts"
import { reach } from "../../port/CrashPoint.ts"
import { elapsedMs } from "../Elapsed.ts"
import type { JobRun } from "../JobRun.ts"
import { within } from "../StepLimits.ts"

const progressEveryMs = 1000

export const configureModel = Effect.fn("JobWorker.configureModel")(function*(run: JobRun, page: ChatPage) {
  const job = yield* run.enter("configuring_model", `selecting ${(yield* run.job).model.preset}`)
  yield* run.owned
  yield* reach("model.before")
  const report = yield* within("model", run.config)(page.selectModel(job.model))
  yield* reach("model.after")
  yield* run.change(Result.succeed, {
    events: [{ source: "worker", kind: "note", message: `model: ${report.changed ? "changed" : "kept"}` }],
    durable: false
  })
})

/** The files of this job, as they lie in its directory; fails where they were deleted. */
const filesOf = Effect.fnUntraced(function*({ archive, attachments }: Job) {
  const path = yield* Path.Path
  const gone = (what: string) =>
    oracleError("upload_failed", `the ${what} of this job was deleted`, { step: "submit again" })
  if (archive !== null && archive.deletedAt !== null) return yield* gone("archive")
  if (attachments !== undefined && attachments.deletedAt !== null) return yield* gone("copy of the attachments")
  const own = archive === null ? [] : [{ path: archive.path, name: path.basename(archive.path), bytes: archive.bytes }]
  return [...own, ...(attachments?.files ?? []).map(({ bytes, name, path }) => ({ bytes, name, path }))]
})

/** Says how far an upload is, not oftener than a person reads; that it could not be said stops nothing. */
const watched = (run: JobRun) => {
  let saidAt = -Infinity
  let said = ""
  return Effect.fnUntraced(function*(upload: UploadProgress) {
    const now = yield* elapsedMs
    const words = `${upload.file}/${upload.files} ${upload.percent ?? ""}`
    if (words === said || (now - saidAt < progressEveryMs && upload.percent !== null)) return
    said = words
    saidAt = now
    yield* run.write(
      (job, at) => Result.succeed({ ...job, progress: { stage: "uploading", chars: 0, upload, at } }),
      { durable: false }
    )
  }, (effect) => Effect.ignore(effect))
}

export const uploadArchive = Effect.fn("JobWorker.uploadArchive")(function*(run: JobRun, page: ChatPage) {
  const files = yield* filesOf(yield* run.job)
  if (files.length === 0) return
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  yield* run.enter("uploading_archive", `uploading ${files.length} file(s), ${bytes} bytes`)
  yield* run.owned
  yield* reach("attach.before")
  const proof = yield* within("upload", run.config)(page.attach(files, watched(run)))
  yield* reach("attach.after")
  yield* run.change((job) => Result.succeed({ ...job, progress: null }), {
    events: proof.files.map(({ evidence }, index) => ({
      source: "worker",
      kind: "note",
      message: `uploaded file ${index + 1} of ${files.length}: ${evidence}`
    })),
    durable: false
  })
})
