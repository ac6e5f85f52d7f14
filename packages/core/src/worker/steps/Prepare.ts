/** Steps 5 and 6: select and verify the model, then attach the archive and prove its upload. */
import * as Effect from "effect/Effect"
import * as Path from "effect/Path"
import * as Result from "effect/Result"
import { oracleError } from "../../error/OracleError.ts"
import type { ChatPage } from "../../port/ChatBrowser.ts"
import { reach } from "../../port/CrashPoint.ts"
import type { JobRun } from "../JobRun.ts"
import { within } from "../StepLimits.ts"

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

export const uploadArchive = Effect.fn("JobWorker.uploadArchive")(function*(run: JobRun, page: ChatPage) {
  const path = yield* Path.Path
  const archive = (yield* run.job).archive
  if (archive === null) return
  if (archive.deletedAt !== null) {
    return yield* oracleError("upload_failed", "the archive of this job was deleted", { step: "submit again" })
  }
  yield* run.enter("uploading_archive", `uploading ${archive.bytes} bytes`)
  yield* run.owned
  yield* reach("attach.before")
  const proof = yield* within("upload", run.config)(
    page.attach([{ path: archive.path, name: path.basename(archive.path), bytes: archive.bytes }])
  )
  yield* reach("attach.after")
  yield* run.change(Result.succeed, {
    events: [{ source: "worker", kind: "note", message: `uploaded ${proof.files.length} file(s)` }],
    durable: false
  })
})
