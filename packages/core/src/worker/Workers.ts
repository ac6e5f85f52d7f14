/** The workers of this host: one supervised fiber for each job. */
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as FiberMap from "effect/FiberMap"
import * as Layer from "effect/Layer"
import * as PubSub from "effect/PubSub"
import * as Stream from "effect/Stream"
import type { JobId } from "../domain/Ids.ts"
import type { Fence } from "../store/JobStore.ts"
import { JobWorker } from "./JobWorker.ts"

export class Workers extends Context.Service<Workers, {
  /** Starts the job's worker; harmless when it runs already. */
  readonly start: (id: JobId, fence: Fence) => Effect.Effect<void>
  /** Tells the job's worker that a durable cancel intent exists; harmless when none runs. */
  readonly cancel: (id: JobId) => Effect.Effect<void>
  readonly running: Effect.Effect<ReadonlySet<JobId>>
  /** Emits after a worker has ended and given back what it held. */
  readonly ends: Stream.Stream<JobId>
  /** Interrupts all workers and waits for their teardown, which is bounded; their jobs stay resumable. */
  readonly stop: Effect.Effect<void>
}>()("@effect-oracle/core/worker/Workers") {
  static readonly layer = Layer.effect(
    Workers,
    Effect.gen(function*() {
      const worker = yield* JobWorker
      const ended = yield* PubSub.unbounded<JobId>()
      const cancels = new Map<JobId, Deferred.Deferred<void>>()
      const fibers = yield* FiberMap.make<JobId, void, never>()

      const start = Effect.fn("Workers.start")(function*(id: JobId, fence: Fence) {
        if (yield* FiberMap.has(fibers, id)) return
        const cancel = yield* Deferred.make<void>()
        cancels.set(id, cancel)
        yield* FiberMap.run(
          fibers,
          id,
          worker.run(id, fence, Deferred.await(cancel)).pipe(
            Effect.ensuring(Effect.sync(() => cancels.delete(id)))
          ),
          { onlyIfMissing: true, startImmediately: false }
        ).pipe(
          Effect.tap((fiber) => Effect.sync(() => fiber.addObserver(() => PubSub.publishUnsafe(ended, id))))
        )
      })

      const cancel = Effect.fn("Workers.cancel")(function*(id: JobId) {
        const waiting = cancels.get(id)
        if (waiting !== undefined) yield* Deferred.succeed(waiting, undefined)
      })

      return Workers.of({
        start,
        cancel,
        running: Effect.sync(() => new Set([...fibers].map(([id]) => id))),
        ends: Stream.fromPubSub(ended),
        stop: FiberMap.clear(fibers)
      })
    })
  )
}
