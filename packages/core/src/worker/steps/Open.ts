/** Steps 1 and 2: clone the seed and launch the browser on the clone, both recorded before their first use. */
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { ProcessRecord } from "../../domain/ProcessRecord.ts"
import { type OracleError, oracleError } from "../../error/OracleError.ts"
import { ChatBrowser } from "../../port/ChatBrowser.ts"
import { reach } from "../../port/CrashPoint.ts"
import { Processes } from "../../port/Processes.ts"
import { SeedProfiles } from "../../port/SeedProfiles.ts"
import type { JobRun } from "../JobRun.ts"
import { cloneNote } from "../SoleUse.ts"
import { within } from "../StepLimits.ts"
import { bounded } from "../Teardown.ts"

/** The page of a fresh runtime; closing the scope closes the browser first and removes the profile then. */
export const open = Effect.fn("JobWorker.open")(function*(run: JobRun) {
  const seeds = yield* SeedProfiles
  const browser = yield* ChatBrowser
  const processes = yield* Processes
  const random = yield* SecureRandom.SecureRandom
  const job = yield* run.enter("cloning_runtime", cloneNote)
  const runtimeId = yield* random.uuidV4()
  yield* run.owned
  yield* reach("clone.before")

  const profile = yield* bounded(
    run,
    "runtimeProfileDir",
    within("clone", run.config)(seeds.clone({ site: job.site, account: job.account, config: run.config }, runtimeId)),
    Effect.ignore(seeds.removeRuntime(run.config, runtimeId))
  )
  yield* reach("clone.after")
  yield* run.change((job) =>
    Result.succeed({
      ...job,
      runtime: {
        id: runtimeId,
        profileDir: profile.profileDir,
        browser: null,
        seedGeneration: profile.seedGeneration
      }
    }), { durable: true })
  yield* reach("runtime.recorded")
  yield* run.enter("launching_browser", "launching the browser")
  yield* run.owned
  yield* reach("launch.before")

  const onBrowser = (record: ProcessRecord): Effect.Effect<void, OracleError> =>
    run.write(
      (job) => Result.succeed({ ...job, runtime: job.runtime === null ? null : { ...job.runtime, browser: record } }),
      {
        durable: true
      }
    ).pipe(
      Effect.catchTag(
        ["Fenced", "AlreadyEnded"],
        () => Effect.fail(oracleError("worker_lost", "the job was taken over while its browser started"))
      ),
      Effect.andThen(reach("identity.recorded"))
    )

  const endByIdentity = Effect.gen(function*() {
    const recorded = (yield* run.job).runtime?.browser ?? null
    const found = recorded === null ? yield* processes.browsersOn(profile.profileDir) : [recorded]
    yield* Effect.forEach(found, (record) => Effect.ignore(processes.end(record)), { discard: true })
  })

  const page = yield* bounded(
    run,
    "browser",
    within("launch", run.config)(browser.open({
      site: job.site,
      profileDir: profile.profileDir,
      tempDir: profile.tempDir,
      config: run.config,
      onBrowser
    })),
    endByIdentity
  )
  yield* reach("launch.after")
  return page
})
