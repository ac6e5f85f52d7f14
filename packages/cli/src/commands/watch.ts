/** `oracle watch`: a live view of the jobs. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { withOracle } from "../graph/withOracle.ts"
import { project } from "../input/Here.ts"
import { Json } from "../input/Json.ts"
import { Screen } from "../render/Screen.ts"

export const watch = Command.make("watch", {
  allProjects: Flag.Boolean("all-projects").pipe(
    Flag.withDescription("Show the jobs of all projects (default: only this one)"),
    Flag.withDefault(false)
  )
}).pipe(
  Command.withDescription(
    "Show the jobs of this project live, the newest first. Keys: up and down select, r reads the answer, o opens the "
      + "conversation in your browser, c cancels, q quits; quitting leaves the jobs alone. Without a terminal it prints a "
      + "line for each change and ends when no job is open."
  ),
  Command.withShortDescription("Show jobs live; read, open and cancel by key"),
  Command.withExamples([
    { command: "oracle watch", description: "The jobs of this project" },
    { command: "oracle watch --all-projects", description: "Everything that runs on this machine" },
    { command: "oracle watch --json", description: "For programs: one {job} a line for each change" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.watch")(function*({ allProjects }) {
      const json = yield* Json
      const screen = yield* Screen
      const projectId = allProjects ? null : yield* project
      if (json || !screen.interactive || !screen.printsToTerminal) {
        const { printChanges } = yield* Effect.promise(() => import("../watch/printChanges.ts"))
        return yield* withOracle(printChanges({ projectId, json }))
      }
      const { runWatch } = yield* Effect.promise(() => import("../watch/runWatch.ts"))
      yield* withOracle(runWatch({ projectId }))
    })
  )
)
