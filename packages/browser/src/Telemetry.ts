/**
 * Traces of a host for the person's own collector, where `telemetry.otlp` names one. A trace holds names, times, job ids and
 * error codes: what a page or a file could have put into a message or an attribute does not leave.
 */
import { OracleError } from "@effect-oracle/core/error/OracleError"
import { HostSettings } from "@effect-oracle/core/host/HostSettings"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Tracer from "effect/Tracer"

const known = new Set(["job", "site"])

/** Errors are told by their code; a stack names files of this machine. */
class Told extends Error {
  override readonly name = "OracleError"
  override readonly stack = ""
}

const told = (exit: Exit.Exit<unknown, unknown>): Exit.Exit<unknown, unknown> => {
  if (Exit.isSuccess(exit)) return Exit.void
  if (Cause.hasInterruptsOnly(exit.cause)) return exit
  const error = Cause.squash(exit.cause)
  return Exit.fail(new Told(error instanceof OracleError ? error.code : "not an error of the table"))
}

/** The same tracer, whose spans keep what a stranger's text could be in to themselves. */
const discreet = (inner: Tracer.Tracer): Tracer.Tracer =>
  Tracer.make({
    span: (options) => {
      const span = inner.span({ ...options, links: [] })
      const end = span.end.bind(span)
      const attribute = span.attribute.bind(span)
      return Object.assign(span, {
        end: (time: bigint, exit: Exit.Exit<unknown, unknown>) => end(time, told(exit)),
        attribute: (key: string, value: unknown) => (known.has(key) ? attribute(key, value) : undefined),
        event: () => undefined
      })
    }
  })

/** Sends traces to the collector at `url`; one that does not answer costs the host nothing but a second at its end. */
export const layerTo = (url: string, version: string) =>
  Layer.unwrap(Effect.gen(function*() {
    const [otlp, serialization] = yield* Effect.promise(() =>
      Promise.all([import("effect/observability/OtlpTracer"), import("effect/observability/OtlpSerialization")])
    )
    const exported = otlp.layer({
      url: `${url.replace(/\/+$/, "")}/v1/traces`,
      resource: { serviceName: "oracle", serviceVersion: version },
      shutdownTimeout: "1 second"
    }).pipe(Layer.provide(Layer.merge(serialization.layerJson, FetchHttpClient.layer)))
    return Layer.effect(Tracer.Tracer, Effect.map(Tracer.Tracer, discreet)).pipe(Layer.provide(exported))
  }))

/** What the global configuration asks for; nothing without it. */
export const layer = (version: string) =>
  Layer.unwrap(Effect.gen(function*() {
    const settings = yield* HostSettings
    const url = yield* Effect.match(settings.current, {
      onFailure: () => undefined,
      onSuccess: ({ telemetry }) => telemetry.otlp
    })
    return url === undefined ? Layer.empty : layerTo(url, version)
  }))
