/** The detached host process from its start to its exit code. What it prints becomes `host.log`. */
// @effect-diagnostics nodeBuiltinImport:off
import { endOnSignals } from "@effect-oracle/core/node/EndOnSignals"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { run } from "./HostProcess.ts"

const manifest = Schema.fromJsonString(Schema.Struct({ version: Schema.String }))
/**
 * Runs the host and ends this process with it. A function that is told where its package is, as a bundle leaves out a
 * module that nothing is taken from, and puts this one elsewhere.
 */
export const start = (packageFile: URL): void => {
  const { version } = Schema.decodeSync(manifest)(readFileSync(packageFile, "utf8"))
  const fiber = Effect.runFork(run(version).pipe(Effect.provide(Logger.layer([Logger.consoleLogFmt]))))

  endOnSignals(fiber, (number) => {
    process.stderr.write("the host was asked to stop again and ends without closing its browsers first\n")
    process.exit(128 + number)
  })

  fiber.addObserver((exit) => {
    if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) process.exit(0)
    const error = Cause.squash(exit.cause)
    process.stderr.write(`the host failed: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  })
}
