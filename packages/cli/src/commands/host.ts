/** `oracle host`: looks at, ends, or runs in the foreground the process in which jobs are worked on. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { withHostView } from "../graph/withHostView.ts"
import { Json } from "../input/Json.ts"
import { Screen } from "../render/Screen.ts"

const status = Command.make("status").pipe(
  Command.withDescription("Say whether a host runs, as which process, and why the last one ended."),
  Command.withShortDescription("Say whether a host runs"),
  Command.withExamples([
    { command: "oracle host status --json", description: "For programs: {running, pid, epoch, version, startedAt, …}" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.host.status")(function*() {
      const screen = yield* Screen
      const json = yield* Json
      const { hostState, stateLines } = yield* Effect.promise(() => import("../host/HostState.ts"))
      yield* withHostView(Effect.gen(function*() {
        const state = yield* hostState
        yield* json ? screen.json(state) : screen.print(stateLines(state).join("\n"))
      }))
    })
  )
)

const stop = Command.make("stop", {
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

const run = Command.make("run").pipe(
  Command.withDescription(
    "Run the host in the foreground, until Ctrl-C or until it has been idle. Usually nobody needs this: a host is "
      + "started in the background when a job needs one."
  ),
  Command.withShortDescription("Run the host in the foreground"),
  Command.withExamples([{ command: "oracle host run", description: "Work on jobs in this terminal" }]),
  Command.withHandler(
    Effect.fn("oracle.host.run")(function*() {
      const screen = yield* Screen
      const json = yield* Json
      const { runHost } = yield* Effect.promise(() => import("../host/runHost.ts"))
      const end = yield* runHost
      yield* json ? screen.json({ end }) : screen.print(`the host ended: ${end}`)
    })
  )
)

export const host = Command.make("host").pipe(
  Command.withDescription("Look at, end, or run the background process that works on jobs"),
  Command.withSubcommands([status, stop, run])
)
