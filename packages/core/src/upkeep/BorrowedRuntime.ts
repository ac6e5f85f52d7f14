/** One use of a browser for an ended job by a client itself: its place, its record, and everything given back. */
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Effect from "effect/Effect"
import * as Path from "effect/Path"
import * as Result from "effect/Result"
import type { OracleConfig } from "../config/OracleConfig.ts"
import type { Job } from "../domain/Job.ts"
import { isEnded } from "../domain/JobPhase.ts"
import type { ProcessRecord } from "../domain/ProcessRecord.ts"
import { roomOf } from "../host/SiteRoom.ts"
import { Processes } from "../port/Processes.ts"
import { SeedProfiles } from "../port/SeedProfiles.ts"
import { JobStore } from "../store/JobStore.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { cleanRuntime } from "./CleanRuntime.ts"
import * as Warnings from "./Warnings.ts"

/** What the user of the runtime gets: the id for its profile, and where the browser says who it is. */
export interface Borrowed {
  readonly id: string
  readonly onBrowser: (browser: ProcessRecord) => Effect.Effect<void>
}

/**
 * Takes a place among the browsers and the conversation of the job, both within the capacity of `now`. What is not given
 * back because this process is killed is found by the next reconcile. Fails as `no_free_browser` or `conversation_busy`.
 */
export const borrow = Effect.fn("BorrowedRuntime.borrow")(
  function*<A, E, R>(job: Job, now: OracleConfig, use: (borrowed: Borrowed) => Effect.Effect<A, E, R>) {
    const store = yield* JobStore
    const seeds = yield* SeedProfiles
    const path = yield* Path.Path
    const dirs = yield* StateDirs
    const { account, config, site } = job
    const { generation } = yield* seeds.check({ site, account, config })
    const id = yield* (yield* SecureRandom.SecureRandom).uuidV4()
    const runtime = {
      id,
      profileDir: path.join(dirs.runtimes(config), id, "profile"),
      browser: null,
      seedGeneration: generation,
      client: (yield* Processes).self
    }
    const room = yield* roomOf(now)
    const onBrowser = (browser: ProcessRecord) =>
      Effect.asVoid(Effect.ignore(store.update(job.id, (job) =>
        Result.succeed(
          job.runtime?.id === id ? { ...job, runtime: { ...job.runtime, browser } } : job
        ), { durable: true })))
    return yield* Effect.acquireUseRelease(
      store.borrow(job.id, runtime, room),
      () => use({ id, onBrowser }),
      () => giveBack(job.id, id)
    )
  }
)

const isBorrowed = ({ phase, runtime }: Job, runtimeId: string): boolean => isEnded(phase) && runtime?.id === runtimeId

/**
 * Ends what is left of the runtime, then frees its place; what cannot be ended stays pending for the host. A job that was
 * resumed meanwhile has leases of its own again, which stay.
 */
export const giveBack = Effect.fn("BorrowedRuntime.giveBack")(function*(job: Job["id"], runtimeId: string) {
  const store = yield* JobStore
  const before = yield* store.get(job)
  if (!isBorrowed(before, runtimeId)) return
  const warnings = yield* cleanRuntime(before.config, runtimeId, before.runtime?.browser ?? null)
  if (!isBorrowed(yield* store.get(job), runtimeId)) return
  yield* store.release(job, ["runtime", "conversation"])
  yield* store.update(job, (job, now) =>
    Result.succeed(
      isBorrowed(job, runtimeId)
        ? {
          ...job,
          runtime: warnings.length === 0 ? null : job.runtime,
          cleanup: {
            ...job.cleanup,
            pending: warnings.length > 0,
            lastAt: now,
            warnings: Warnings.merge(job.cleanup.warnings, warnings)
          }
        }
        : job
    )).pipe(Effect.catchTag(["IllegalTransition", "Fenced"], Effect.die))
})
