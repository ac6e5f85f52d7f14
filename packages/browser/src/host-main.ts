/** Entry of the detached host process. What it prints becomes `host.log`. */
// @effect-diagnostics nodeBuiltinImport:off
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

/** One request to stop may arrive as several signals at once. */
const sameRequestMs = 400

let askedAt: number | undefined
const onSignal = (_: NodeJS.Signals, number: number) => {
  if (askedAt === undefined) {
    askedAt = performance.now()
    fiber.interruptUnsafe()
  } else if (performance.now() - askedAt > sameRequestMs) {
    process.stderr.write("the host was asked to stop again and ends without closing its browsers first\n")
    process.exit(128 + number)
  }
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal)

fiber.addObserver((exit) => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) process.exit(0)
  const error = Cause.squash(exit.cause)
  process.stderr.write(`the host failed: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
