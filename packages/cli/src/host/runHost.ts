/** The host in this process, until it ends by itself or is interrupted. */
import { run } from "@effect-oracle/browser/HostProcess"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import { version } from "../graph/PackageFiles.ts"

/** Its log goes to standard error. */
export const runHost = Effect.suspend(() => run(version())).pipe(
  Effect.provide(Logger.layer([Logger.withConsoleError(Logger.formatLogFmt)]))
)
