/** The host in this process, until it ends by itself or is interrupted. */
import { run } from "@effect-oracle/browser/HostProcess"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import { version } from "../graph/PackageFiles.ts"

/** Between two looks of a service at a host that was started on demand before it. */
const turnEvery = "5 seconds"

/** Its log goes to standard error. A host that stays waits for its turn where another one runs. */
export const runHost = Effect.fnUntraced(function*({ stay }: { readonly stay: boolean }) {
  while (true) {
    const end = yield* run(version(), { stay })
    if (!stay || end !== "busy") return end
    yield* Effect.sleep(turnEvery)
  }
}, Effect.provide(Logger.layer([Logger.withConsoleError(Logger.formatLogFmt)])))
