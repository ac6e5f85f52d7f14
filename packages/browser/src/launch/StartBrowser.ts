/** One attempt to start a browser, as an effect that can be interrupted without leaving the browser behind. */
import { type OracleError, oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
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

/** Runs a step that must not hold up an exit: given up after `ms`, its failure only logged. */
export const bounded = <A, E, R>(step: Effect.Effect<A, E, R>, ms: number): Effect.Effect<void, never, R> =>
  step.pipe(Effect.interruptible, Effect.timeout(ms), Effect.ignore({ log: "Warn" }))

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
        return bounded(Effect.promise(() => pending.then((context) => context.close(), () => undefined)), 6000)
      })
    )
  )
