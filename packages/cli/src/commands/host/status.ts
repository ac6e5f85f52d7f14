/** `oracle host status`: whether a host runs, and how the last ones ended. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { withHostView } from "../../graph/withHostView.ts"
import { Json } from "../../input/Json.ts"
import { Screen } from "../../render/Screen.ts"

export const status = Command.make("status").pipe(
  Command.withDescription("Say whether a host runs, as which process, and how the last ones ended and why."),
  Command.withShortDescription("Say whether a host runs"),
  Command.withExamples([
    {
      command: "oracle host status --json",
      description: "For programs: {running, pid, epoch, version, startedAt, exits, …}"
    }
  ]),
  Command.withHandler(
    Effect.fn("oracle.host.status")(function*() {
      const screen = yield* Screen
      const json = yield* Json
      const { hostState, stateLines } = yield* Effect.promise(() => import("../../host/HostState.ts"))
      yield* withHostView(Effect.gen(function*() {
        const state = yield* hostState
        yield* json ? screen.json(state) : screen.print(stateLines(state).join("\n"))
      }))
    })
  )
)
