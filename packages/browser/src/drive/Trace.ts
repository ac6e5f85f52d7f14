// @effect-diagnostics nodeBuiltinImport:off
/** Playwright's own trace of a job, where the configuration asks for it: kept only in the diagnostics of a failure. */
import * as Effect from "effect/Effect"
import { chmod } from "node:fs/promises"
import { join } from "node:path"
import type { Driver } from "./Driver.ts"

const limitMs = 20_000

const bounded = (run: () => Promise<unknown>) => Effect.ignore(Effect.timeout(Effect.tryPromise(run), limitMs))

/** Records from here on; that it cannot be recorded stops no job. */
export const startTrace = ({ config, page }: Pick<Driver, "config" | "page">): Effect.Effect<void> =>
  config.worker.trace
    ? bounded(() => page.context().tracing.start({ screenshots: true, snapshots: true }))
    : Effect.void

/** What was recorded since the start or the last call, as `trace.zip` in the folder. */
export const saveTrace = (driver: Driver, directory: string): Effect.Effect<void> => {
  if (!driver.config.worker.trace) return Effect.void
  const { tracing } = driver.page.context()
  const path = join(directory, "trace.zip")
  return bounded(async () => {
    await tracing.stopChunk({ path })
    await chmod(path, 0o600)
    await tracing.startChunk()
  })
}
