/** `oracle host run`: the host in the foreground. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { Json } from "../../input/Json.ts"
import { Screen } from "../../render/Screen.ts"

const words = {
  busy: "another host runs already; 'oracle host status' shows it",
  idle: "the host ended: it had no work",
  drained: "the host ended: it was asked to hand over",
  lost: "the host ended: another one took its place"
} as const

export const run = Command.make("run", {
  stay: Flag.Boolean("stay").pipe(
    Flag.withDescription("Wait for its turn and stay without work, as a service (default: end when idle)"),
    Flag.withDefault(false)
  )
}).pipe(
  Command.withDescription(
    "Run the host in the foreground, until Ctrl-C or until it has been idle. The first Ctrl-C lets it close its "
      + "browsers, a second one ends it at once; jobs go on in the next host. Usually nobody needs this: a host is "
      + "started in the background when a job needs one."
  ),
  Command.withShortDescription("Run the host in the foreground"),
  Command.withExamples([{ command: "oracle host run", description: "Work on jobs in this terminal" }]),
  Command.withHandler(
    Effect.fn("oracle.host.run")(function*({ stay }) {
      const screen = yield* Screen
      const json = yield* Json
      const { runHost } = yield* Effect.promise(() => import("../../host/runHost.ts"))
      const end = yield* runHost({ stay })
      yield* json ? screen.json({ end }) : screen.print(words[end])
    })
  )
)
