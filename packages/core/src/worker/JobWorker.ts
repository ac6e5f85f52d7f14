/** Runs one job: rounds of a fresh browser each, until the job ended, waits for the outside, or was taken over. */
import * as Context from "effect/Context"
import type * as Digest from "effect/crypto/Digest"
import type * as SecureRandom from "effect/crypto/SecureRandom"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import type * as Path from "effect/Path"
import * as Ref from "effect/Ref"
import * as Result from "effect/Result"
import type { JobId } from "../domain/Ids.ts"
import { isActive } from "../domain/JobPhase.ts"
import { ChatBrowser, type ChatPage } from "../port/ChatBrowser.ts"
import { reach } from "../port/CrashPoint.ts"
import { Processes } from "../port/Processes.ts"
import type { SeedProfiles } from "../port/SeedProfiles.ts"
import type { JobFiles } from "../store/JobFiles.ts"
import { type Fence, JobStore } from "../store/JobStore.ts"
import type { StateDirs } from "../store/StateDirs.ts"
import { conclude, ended, failJob } from "./Conclude.ts"
import { holdOn } from "./HoldOn.ts"
import * as JobRun from "./JobRun.ts"
import { Receipts } from "./Receipts.ts"
import * as Released from "./Released.ts"
import { drive } from "./Round.ts"
import { CancelRequested } from "./Signals.ts"
import type { SiteThrottle } from "./SiteThrottle.ts"

/** A pause before the browser is opened again on a conversation, doubling; and how many in a row are tried. */
const againMs = 1000
const longestAgainMs = 60_000
const againLimit = 10
const heartbeatMs = 10_000
/** After a write that failed for good, before the host may start the worker again. */
const giveUpMs = 5000

export class JobWorker extends Context.Service<JobWorker, {
  /**
   * Runs an active job to its end, or until it waits for the outside without a browser, or until `fence` is replaced.
   * Completing `cancel` says that a durable cancel intent exists. Never fails; interruption changes no record.
   */
  readonly run: (id: JobId, fence: Fence, cancel: Effect.Effect<void>) => Effect.Effect<void>
}>()("@effect-oracle/core/worker/JobWorker") {
  static readonly layer = Layer.effect(
    JobWorker,
    Effect.gen(function*() {
      const context = yield* Effect.context<
        | JobStore
        | JobFiles
        | StateDirs
        | ChatBrowser
        | SeedProfiles
        | Processes
        | Receipts
        | SiteThrottle
        | Digest.Digest
        | SecureRandom.SecureRandom
        | Path.Path
        | FileSystem.FileSystem
      >()
      return JobWorker.of({
        run: Effect.fn("JobWorker.run")(
          (id: JobId, fence: Fence, cancel: Effect.Effect<void>) =>
            runJob(id, fence, cancel).pipe(
              Effect.catchTags({
                Fenced: () => Effect.logWarning("a newer host took this job over"),
                OracleError: (error) =>
                  Effect.andThen(Effect.logError(`gave up: ${error.code}`), Effect.sleep(giveUpMs))
              }),
              Effect.annotateLogs({ job: id }),
              Effect.provide(context)
            )
        )
      })
    })
  )
}

const runJob = Effect.fnUntraced(function*(id: JobId, fence: Fence, cancel: Effect.Effect<void>) {
  const store = yield* JobStore
  yield* Effect.annotateCurrentSpan("job", id)
  const browser = yield* ChatBrowser
  const receipts = yield* Receipts
  const self = (yield* Processes).self
  const first = yield* store.get(id)
  if (!isActive(first.phase)) return
  const taken = yield* store.update(
    id,
    (job, now) => Result.succeed({ ...job, heartbeatAt: now, host: { epoch: fence.epoch, process: self } }),
    { fence }
  ).pipe(
    Effect.catchTag("IllegalTransition", Effect.die)
  )
  const site = yield* Effect.result(browser.site(taken.site, taken.config))
  if (Result.isFailure(site)) {
    yield* failJob(id, fence, site.failure)
    return yield* Released.leases(id, fence)
  }
  yield* reach("worker.taken")
  const run = yield* JobRun.make(taken, site.success, fence)
  yield* receipts.publish({ _tag: "Started", job: id })
  yield* rounds(run, Effect.andThen(cancel, Effect.fail(new CancelRequested()))).pipe(
    Effect.catchTag("AlreadyEnded", () => Released.leases(id, fence))
  )
})

const rounds = Effect.fnUntraced(function*(run: JobRun.JobRun, cancelled: Effect.Effect<never, CancelRequested>) {
  const resting = yield* run.job
  if (resting.blocked !== null && resting.phase !== "submitted") {
    return yield* holdOn(run, cancelled, null)
  }
  for (let again = 1;; again += 1) {
    const next = yield* round(run, cancelled, again >= againLimit)
    yield* Released.record(run, next._tag === "Ended")
    if (next._tag === "Hold") return yield* holdOn(run, cancelled, next.held)
    if (next._tag === "Ended") return yield* Released.close(run)
    if ((yield* run.job).send.state !== "not_started") {
      yield* Effect.sleep(Math.min(longestAgainMs, againMs * 2 ** (again - 1)))
    }
  }
})

/** One browser: everything it took is given back when this returns. What happens next is written before that. */
const round = (run: JobRun.JobRun, cancelled: Effect.Effect<never, CancelRequested>, lastChance: boolean) =>
  Effect.scoped(Effect.gen(function*() {
    const page = yield* Ref.make<ChatPage | null>(null)
    return yield* drive(run, page).pipe(
      Effect.as(ended),
      Effect.raceFirst(cancelled),
      Effect.raceFirst(heartbeat(run)),
      (driven) => conclude(run, page, driven, lastChance)
    )
  }))

/** Says that the worker lives and notices that it was taken over; a write that fails otherwise is left to the steps. */
const heartbeat = Effect.fnUntraced(function*(run: JobRun.JobRun) {
  while (true) {
    yield* Effect.sleep(heartbeatMs)
    yield* run.write((job, now) => Result.succeed({ ...job, heartbeatAt: now }), { durable: false }).pipe(
      Effect.catchTag("OracleError", (error) => Effect.logWarning(`heartbeat not written: ${error.code}`))
    )
  }
})
