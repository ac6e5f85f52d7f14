/** `oracle host stop`: ends the host. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { withHostView } from "../../graph/withHostView.ts"
import { Json } from "../../input/Json.ts"
import { Screen } from "../../render/Screen.ts"

export const stop = Command.make("stop", {
  force: Flag.Boolean("force").pipe(
    Flag.withDescription("End its process and make sure that it is gone (default: it closes its browsers first)"),
    Flag.withDefault(false)
  )
}).pipe(
  Command.withDescription(
    "End the host. Jobs that run are interrupted and go on from where they are when the next host starts, which any "
      + "'oracle ask', 'submit' or 'wait' does."
  ),
  Command.withShortDescription("End the host"),
  Command.withExamples([
    { command: "oracle host stop", description: "Close the browsers and end" },
    { command: "oracle host stop --force", description: "End a host that does not respond" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.host.stop")(function*({ force }) {
      const screen = yield* Screen
      const json = yield* Json
      const HostStatus = yield* Effect.promise(() => import("@effect-oracle/core/host/HostStatus"))
      yield* withHostView(Effect.gen(function*() {
        const { record } = yield* HostStatus.status
        const stopped = yield* HostStatus.stop({ force })
        const pid = stopped ? record?.process.pid ?? null : null
        yield* json
          ? screen.json({ stopped, pid })
          : screen.print(stopped ? `the host (pid ${pid}) has ended` : "no host runs")
      }))
    })
  )
)
