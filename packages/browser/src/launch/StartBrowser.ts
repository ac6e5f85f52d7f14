/** One attempt to start a browser, as an effect that can be interrupted without leaving the browser behind. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { BrowserContext } from "playwright-core"
import { isSandboxFailure, launchFailure } from "./LaunchFailure.ts"
import type { PersistentOptions } from "./LaunchOptions.ts"

/** Why a start failed; `sandbox` says that another try without the sandbox can help. */
export interface StartFailure {
  readonly error: OracleError
  readonly sandbox: boolean
}

/** The driver is large, so it is loaded when the first browser starts. */
export const loadDriver = Effect.tryPromise({
  try: () => import("playwright-core"),
  catch: (cause) =>
    oracleError("browser_launch_failed", "playwright-core could not be loaded", { step: "install oracle again", cause })
})

/** Runs a step that must not hold up an exit: given up after `ms`; that, and its failure, are only logged. */
export const bounded = <A, E, R>(
  what: string,
  step: Effect.Effect<A, E, R>,
  ms: number
): Effect.Effect<void, never, R> =>
  step.pipe(
    Effect.interruptible,
    Effect.timeoutOption(ms),
    Effect.flatMap((done) =>
      Option.isSome(done) ? Effect.void : Effect.logWarning(`${what} took longer than ${ms} ms`)
    ),
    Effect.catch((error) => Effect.logWarning(`${what} failed`, { reason: reasonOf(error) }))
  )

const reasonOf = (error: unknown): string => error instanceof Error ? firstLine(error.message) : "unknown"

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? ""

/** Starts the browser. When this is interrupted, a browser that still appears is closed at once. */
export const startBrowser = (
  profileDir: string,
  options: PersistentOptions
): Effect.Effect<BrowserContext, StartFailure> =>
  loadDriver.pipe(
    Effect.mapError((error): StartFailure => ({ error, sandbox: false })),
    Effect.flatMap(({ chromium }) =>
      Effect.callback<BrowserContext, StartFailure>((resume) => {
        const pending = chromium.launchPersistentContext(profileDir, options)
        const failed = (cause: unknown): StartFailure => ({
          error: launchFailure(options.executablePath ?? "the browser", cause),
          sandbox: isSandboxFailure(cause)
        })
        pending.then((context) => resume(Effect.succeed(context)), (cause) => resume(Effect.fail(failed(cause))))
        return bounded(
          "ending a browser that was starting",
          Effect.promise(() => pending.then((context) => context.close(), () => undefined)),
          6000
        )
      })
    )
  )
