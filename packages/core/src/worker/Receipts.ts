/** Milestones of workers and host, published so that a watcher waits for what happened instead of sleeping. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as PubSub from "effect/PubSub"
import type * as Scope from "effect/Scope"
import type { JobId } from "../domain/Ids.ts"
import type { Blocked } from "../domain/Job.ts"
import type { JobPhase } from "../domain/JobPhase.ts"
import type { SendState } from "../domain/SendLedger.ts"

export type Receipt =
  | { readonly _tag: "Started"; readonly job: JobId }
  /** The phase is recorded. */
  | { readonly _tag: "Entered"; readonly job: JobId; readonly phase: JobPhase }
  /** The state of the send ledger is durable. */
  | { readonly _tag: "Ledger"; readonly job: JobId; readonly state: SendState }
  | { readonly _tag: "Thread"; readonly job: JobId; readonly url: string }
  | { readonly _tag: "Blocked"; readonly job: JobId; readonly reason: Blocked["reason"] }
  /** Browser, profile and leases of one run of the job are given back. */
  | { readonly _tag: "Released"; readonly job: JobId }
  | { readonly _tag: "HostStarted"; readonly epoch: number }
  | { readonly _tag: "HostEnding"; readonly epoch: number }

export class Receipts extends Context.Service<Receipts, {
  readonly publish: (receipt: Receipt) => Effect.Effect<void>
  /** Receives every milestone from now on. */
  readonly subscribe: Effect.Effect<PubSub.Subscription<Receipt>, never, Scope.Scope>
}>()("@effect-oracle/core/worker/Receipts") {
  static readonly layer = Layer.effect(
    Receipts,
    Effect.gen(function*() {
      const hub = yield* Effect.acquireRelease(PubSub.unbounded<Receipt>(), PubSub.shutdown)
      return Receipts.of({
        publish: (receipt) => Effect.asVoid(PubSub.publish(hub, receipt)),
        subscribe: PubSub.subscribe(hub)
      })
    })
  )
}
