/** An orderly end of a host is no failed start of its jobs: what was counted for them is given back. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Job } from "../domain/Job.ts"
import { isActive } from "../domain/JobPhase.ts"
import { type Fence, JobStore } from "../store/JobStore.ts"
import { Workers } from "../worker/Workers.ts"

const isUnsent = ({ send }: Job): boolean => send.state === "not_started" || send.state === "refused"

/**
 * Runs `stop`, which ends the workers, and takes their jobs' last start back where nothing was sent. A host that was
 * replaced changes nothing; that it could not be written costs a start at worst.
 */
export const giveBackAround = Effect.fn("Starts.giveBackAround")(function*(stop: Effect.Effect<void>, fence: Fence) {
  const store = yield* JobStore
  const workers = yield* Workers
  const running = yield* workers.running
  yield* stop
  yield* Effect.forEach(
    running,
    (id) =>
      store.update(id, (job) =>
        Result.succeed(
          isActive(job.phase) && isUnsent(job) && job.host?.epoch === fence.epoch
            ? { ...job, starts: Math.max(0, job.starts - 1) }
            : job
        ), { fence, durable: false }).pipe(Effect.ignore),
    { discard: true }
  )
})
