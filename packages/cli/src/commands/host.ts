/** `oracle host`: the process in which jobs are worked on. */
import * as Command from "effect/cli/Command"
import { install, uninstall } from "./host/install.ts"
import { run } from "./host/run.ts"
import { status } from "./host/status.ts"
import { stop } from "./host/stop.ts"

export const host = Command.make("host").pipe(
  Command.withDescription("Look at, end, or run the background process that works on jobs"),
  Command.withSubcommands([status, stop, run, install, uninstall])
)
