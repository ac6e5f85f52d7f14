/** Entry of the `oracle` command: runs it, turns signals into an orderly end, and sets the exit code. */
import { exitOf } from "@effect-oracle/core/error/ErrorTable"
import { endOnSignals } from "@effect-oracle/core/node/EndOnSignals"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { version } from "./graph/PackageFiles.ts"
import { run } from "./main.ts"

const fiber = Effect.runFork(run(process.argv.slice(2), version()))

endOnSignals(fiber, () => process.exit(exitOf.interrupted))

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
