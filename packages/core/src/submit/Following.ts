/** Following a job to its end while making sure that a host lives (PRODUCT, section 7). */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import type { JobId } from "../domain/Ids.ts"
import type { Job } from "../domain/Job.ts"
import { isActive, isEnded } from "../domain/JobPhase.ts"
import { oracleError } from "../error/OracleError.ts"
import { HostLauncher } from "../host/HostLauncher.ts"
import { JobStore } from "../store/JobStore.ts"

const watchMs = 1000
/** An end is shown at once; the stream itself ends when the clean-up is through, or after this long. */
const cleanupMs = 10_000

/** The job now and after each change; its last element is ended. Replaces a dead host on the way. */
export const changes = (id: JobId) =>
  Stream.unwrap(Effect.gen(function*() {
    const store = yield* JobStore
    const launcher = yield* HostLauncher

    const look = Effect.gen(function*() {
      const job = yield* store.get(id)
      if (!isEnded(job.phase)) return { job, done: false }
      const since = DateTime.toEpochMillis(job.completedAt ?? job.phaseAt)
      return { job, done: !job.cleanup.pending || (yield* Clock.currentTimeMillis) - since >= cleanupMs }
    })

    const whileOpen = (ensure: HostLauncher["Service"]["ensure"]) =>
      Effect.flatMap(
        store.get(id),
        ({ phase }) => isActive(phase) || phase === "queued" ? ensure : Effect.void
      )
    const watchdog = Effect.andThen(
      whileOpen(launcher.ensure),
      Effect.repeat(Effect.andThen(Effect.sleep(watchMs), whileOpen(launcher.keep)), Schedule.forever)
    ).pipe(Effect.asVoid)

    return Stream.merge(store.changes, Stream.tick(watchMs)).pipe(
      Stream.mapEffect(() => look),
      Stream.takeUntil(({ done }) => done),
      Stream.map(({ job }) => job),
      Stream.changesWith((a, b) => Equal.equals(a, b)),
      Stream.mergeEffect(watchdog)
    )
  }))

/** The ended job; fails as `wait_timeout`, which leaves the job alone. */
export const wait = Effect.fn("Oracle.wait")(function*(id: JobId, timeoutMs: number | undefined) {
  const store = yield* JobStore
  const ended = Stream.runLast(changes(id)).pipe(
    Effect.flatMap((last) => Option.isSome(last) ? Effect.succeed(last.value) : store.get(id))
  )
  if (timeoutMs === undefined) return yield* ended
  return yield* Effect.timeoutOrElse(ended, {
    duration: timeoutMs,
    orElse: () =>
      Effect.flatMap(store.get(id), (job: Job) =>
        isEnded(job.phase)
          ? Effect.succeed(job)
          : Effect.fail(oracleError("wait_timeout", `job ${id} is still ${job.phase} after ${timeoutMs} ms`, {
            facts: { job: id, status: job.status, phase: job.phase }
          })))
  })
})
