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
const { version } = Schema.decodeSync(manifest)(readFileSync(new URL("../package.json", import.meta.url), "utf8"))

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
