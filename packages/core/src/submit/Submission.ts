/** Makes a planned submission real: job directory, record, archive, admission, host (PRODUCT, section 4, steps 4 to 6). */
import * as Cause from "effect/Cause"
import * as Digest from "effect/crypto/Digest"
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Archiver, type Built, type Selected } from "../archive/Archiver.ts"
import { ManifestJson, manifestOf } from "../archive/Manifest.ts"
import { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { isEnded } from "../domain/JobPhase.ts"
import * as JobTransition from "../domain/JobTransition.ts"
import { selectionOf } from "../domain/ModelSelection.ts"
import { emptyLedger } from "../domain/SendLedger.ts"
import { type OracleError, oracleError, viewOf } from "../error/OracleError.ts"
import { HostLauncher } from "../host/HostLauncher.ts"
import { roomOf } from "../host/SiteRoom.ts"
import type { SubmitPlan, SubmitStage } from "../Oracle.ts"
import { ChatBrowser } from "../port/ChatBrowser.ts"
import { Processes } from "../port/Processes.ts"
import { neverAdmitted } from "../queue/Seating.ts"
import { JobFiles } from "../store/JobFiles.ts"
import { JobStore } from "../store/JobStore.ts"
import type { JobPaths } from "../store/StateDirs.ts"
import { signInTarget } from "../text/SignIn.ts"
import * as Reconcile from "../upkeep/Reconcile.ts"
import { takeAttachments } from "./Attaching.ts"
import { resolveThread } from "./ThreadChoice.ts"

/** Fails with the reason and leaves an ended job behind; until admission an interruption does so too. */
export const submit = Effect.fn("Oracle.submit")(function*(plan: SubmitPlan, onStage: (stage: SubmitStage) => void) {
  const random = yield* SecureRandom.SecureRandom
  const id = JobId.make(yield* random.uuidV7())
  yield* Effect.uninterruptibleMask((restore) =>
    begin(plan, id).pipe(
      Effect.flatMap((paths) =>
        restore(prepare(plan, id, paths, onStage)).pipe(Effect.onExit((exit) => endOnFailure(id, exit)))
      )
    )
  )
  return yield* startHost(id, onStage)
})

/** The job's directory and its record, or nothing at all. */
const begin = Effect.fnUntraced(function*(plan: SubmitPlan, id: JobId) {
  const files = yield* JobFiles
  const store = yield* JobStore
  const paths = yield* files.makeDirs(id)
  return yield* Effect.gen(function*() {
    const record = yield* recordOf(plan, id, paths)
    yield* files.write(paths.prompt, plan.request.prompt)
    yield* store.insert(record, { source: "client", kind: "created", message: `${record.prompt.chars} characters` })
    return paths
  }).pipe(Effect.onError(() => Effect.ignore(files.remove(id))))
})

const recordOf = Effect.fnUntraced(function*(plan: SubmitPlan, id: JobId, paths: JobPaths) {
  const digest = yield* Digest.Digest
  const { request } = plan
  const choice = yield* resolveThread(request, plan.projectId)
  const now = yield* DateTime.now
  const record: Job = {
    schemaVersion: 1,
    id,
    status: "preparing",
    phase: "preparing",
    phaseAt: now,
    blocked: null,
    createdAt: now,
    queuedAt: null,
    submittedAt: null,
    completedAt: null,
    heartbeatAt: null,
    attempt: 1,
    starts: 0,
    cwd: request.cwd,
    projectId: plan.projectId,
    sessionId: request.requester.sessionId ?? null,
    originSessionFile: request.requester.sessionFile ?? null,
    requester: { kind: request.requester.kind, owner: (yield* Processes).self },
    site: plan.site,
    account: plan.account,
    model: selectionOf(request.preset ?? request.config.defaults.preset),
    followUpToJobId: choice.followUpToJobId,
    chatUrl: choice.thread?.url ?? null,
    conversationId: choice.thread?.conversationId ?? null,
    send: emptyLedger,
    prompt: {
      path: paths.prompt,
      sha256: yield* digest.digestHex(Digest.sha256, new TextEncoder().encode(request.prompt)),
      chars: request.prompt.length
    },
    archive: null,
    ...(request.temporary === true ? { temporary: true } : {}),
    response: null,
    artifacts: null,
    progress: null,
    error: null,
    cancel: null,
    cleanup: JobTransition.emptyCleanup,
    runtime: null,
    host: null,
    wakeUp: JobTransition.emptyWakeUp,
    observedMs: 0,
    config: request.config
  }
  return record
})

const prepare = Effect.fnUntraced(function*(
  plan: SubmitPlan,
  id: JobId,
  paths: JobPaths,
  onStage: (stage: SubmitStage) => void
) {
  const store = yield* JobStore
  if (plan.selected !== null) {
    const built = yield* pack(plan, plan.selected, paths, onStage)
    yield* store.update(id, (job) => Result.succeed({ ...job, archive: archiveOf(built) }), { durable: true }).pipe(
      Effect.catchTag(["IllegalTransition", "Fenced"], Effect.die)
    )
    onStage({ _tag: "Archived", bytes: built.bytes })
  }
  if (plan.attachments.length > 0) {
    const taken = yield* takeAttachments(plan.attachments, paths)
    yield* store.update(
      id,
      (job) => Result.succeed({ ...job, attachments: { files: taken, deletedAt: null } }),
      { durable: true }
    ).pipe(Effect.catchTag(["IllegalTransition", "Fenced"], Effect.die))
  }
  yield* store.admit(id, { ...yield* roomOf(plan.request.config), wait: plan.request.queue ?? false })
})

const pack = Effect.fnUntraced(function*(
  plan: SubmitPlan,
  selected: Selected,
  paths: JobPaths,
  onStage: (stage: SubmitStage) => void
) {
  const archiver = yield* Archiver
  const files = yield* JobFiles
  const { archive } = plan.request.config
  const site = yield* (yield* ChatBrowser).site(plan.site, plan.request.config)
  const format = plan.request.format ?? archive.format ?? site.archiveFormat
  const built = yield* archiver.build({
    selected,
    format,
    target: paths.archive(format),
    maxBytes: Math.min(site.archiveMaxBytes, archive.maxBytes ?? site.archiveMaxBytes),
    onProgress: (done) => onStage({ _tag: "Archiving", ...done, totalEntries: selected.entries.length })
  })
  const manifest = yield* Schema.encodeEffect(ManifestJson)(manifestOf(selected, built)).pipe(
    Effect.mapError((cause) => oracleError("internal_error", "the manifest cannot be encoded", { cause }))
  )
  yield* files.write(paths.manifest, manifest)
  return built
})

const archiveOf = (built: Built): NonNullable<Job["archive"]> => ({
  path: built.path,
  format: built.format,
  bytes: built.bytes,
  sha256: built.sha256,
  entries: built.entries,
  uncompressedBytes: built.uncompressedBytes,
  prunedPaths: built.prunedPaths,
  deletedAt: null
})

/** Whatever stops a submission before its admission ends it; an admitted job goes on, with its files. */
const endOnFailure = <A, E>(id: JobId, exit: Exit.Exit<A, E>) =>
  Exit.isSuccess(exit) ? Effect.void : Effect.ignore(Effect.gen(function*() {
    const files = yield* JobFiles
    const found = Cause.findErrorOption(exit.cause)
    const error = found._tag === "Some" && isOracleError(found.value)
      ? found.value
      : oracleError("submission_interrupted", "the submission was interrupted before it was admitted")
    const job = yield* Reconcile.endUnsubmitted(id, (job, now) =>
      job.cancel === null && job.phase === "preparing"
        ? JobTransition.fail(job, viewOf(error, { job: id, site: signInTarget(job) }), now)
        : Result.succeed(job))
    if (isEnded(job.phase) && neverAdmitted(job)) yield* files.removeCopies(id)
  }))

const isOracleError = (value: unknown): value is OracleError =>
  typeof value === "object" && value !== null && "_tag" in value && value._tag === "OracleError"

/** The admitted job, with a host that runs it. A job that no host has touched yet fails when none can be started. */
const startHost = Effect.fnUntraced(function*(id: JobId, onStage: (stage: SubmitStage) => void) {
  const launcher = yield* HostLauncher
  const store = yield* JobStore
  onStage({ _tag: "StartingHost" })
  yield* launcher.ensure.pipe(
    Effect.catch((error) =>
      Effect.gen(function*() {
        const job = yield* Reconcile.endUnsubmitted(id, (job, now) =>
          job.host === null
            ? JobTransition.fail(job, viewOf(error, { job: id, site: signInTarget(job) }), now)
            : Result.succeed(job))
        yield* store.release(id, job.phase === "failed" ? ["runtime", "conversation"] : [])
        if (job.phase === "failed") {
          return yield* error
        }
      })
    )
  )
  return yield* store.get(id)
})
