/** The Oracle service for libraries and tests: the host runs inside this process, as a supervised fiber. */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as References from "effect/References"
import type { OracleError } from "./error/OracleError.ts"
import * as Host from "./host/Host.ts"
import { HostLauncher } from "./host/HostLauncher.ts"
import type { HostLock } from "./host/HostLock.ts"
import * as HostRuntime from "./host/HostRuntime.ts"
import type { HostSettings } from "./host/HostSettings.ts"
import type { Oracle } from "./Oracle.ts"
import * as OracleHosted from "./OracleHosted.ts"
import { Receipts } from "./worker/Receipts.ts"

/** Between two tries to become the host, while another process is it or after a start that failed. */
const retryMs = 1000

/**
 * Runs a host for as long as the layer lives. When another process is the host already, jobs run there, and this
 * one takes over once that host is gone. Of what it logs only warnings are passed on: the program's output is its own.
 */
const launcher = (version: string) =>
  Layer.effect(
    HostLauncher,
    Effect.gen(function*() {
      const receipts = yield* Receipts
      const subscription = yield* receipts.subscribe
      const attempt = yield* Ref.make(yield* Deferred.make<void, OracleError>())
      const settle = (outcome: Effect.Effect<void, OracleError>) =>
        Effect.flatMap(Ref.get(attempt), (now) => Deferred.complete(now, outcome))
      const failed = (error: OracleError) =>
        settle(Effect.fail(error)).pipe(
          Effect.andThen(Deferred.make<void, OracleError>()),
          Effect.flatMap((next) => Ref.set(attempt, next))
        )
      const host = Host.run({ version, embedded: true }).pipe(
        Effect.tap(() => settle(Effect.void)),
        Effect.catch(failed),
        Effect.andThen(Effect.sleep(retryMs)),
        Effect.forever,
        Effect.provideService(References.MinimumLogLevel, "Warn")
      )
      yield* Effect.forkScoped(Effect.forever(Effect.andThen(Host.started(subscription), settle(Effect.void))))
      yield* Effect.forkScoped(host)
      const ensure = Effect.flatMap(Ref.get(attempt), Deferred.await)
      return HostLauncher.of({ ensure, keep: ensure })
    })
  )

/** What a host inside this process stands on. */
export type InProcessParts = Exclude<OracleHosted.ClientParts, HostLauncher> | HostLock | HostSettings

/** `Oracle`, and the `Receipts` of its host. */
export const layer = (
  options: { readonly version: string }
): Layer.Layer<Oracle | Receipts, never, InProcessParts> =>
  OracleHosted.layer.pipe(
    Layer.provide(launcher(options.version)),
    Layer.provideMerge(HostRuntime.layer)
  )
