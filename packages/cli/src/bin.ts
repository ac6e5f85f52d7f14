/** Entry of the `oracle` command: runs it, turns signals into an orderly end, and sets the exit code. */
import { exitOf } from "@effect-oracle/core/error/ErrorTable"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { version } from "./graph/PackageFiles.ts"
import { run } from "./main.ts"

/** A second signal within this time is the same Ctrl-C, which the terminal sends to the launcher and to us. */
const sameSignalMs = 400

const fiber = Effect.runFork(run(process.argv.slice(2), version()))

let firstSignalAt: number | undefined
const onSignal = () => {
  if (firstSignalAt === undefined) {
    firstSignalAt = performance.now()
    fiber.interruptUnsafe()
  } else if (performance.now() - firstSignalAt > sameSignalMs) process.exit(exitOf.interrupted)
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal)

// A reader that left (`oracle status | head -1`) is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(exitOf.ok)
  })
}

fiber.addObserver((exit) => {
  const code = Exit.isSuccess(exit) ? exit.value : exitOf.interrupted
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)))
})
