/** `oracle host install` and `uninstall`: the host in the hands of the user's service manager. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { Json } from "../../input/Json.ts"
import { Screen } from "../../render/Screen.ts"

const load = Effect.promise(() => import("../../host/ServiceManager.ts"))

export const install = Command.make("install", {
  print: Flag.Boolean("print").pipe(
    Flag.withDescription("Print the file and where it would go, and write nothing (default: write it and enable it)"),
    Flag.withDefault(false)
  )
}).pipe(
  Command.withDescription(
    "Let the service manager keep a host: a systemd user unit on Linux, a launchd agent on macOS. It is started at "
      + "login and again when it fails. Usually nobody needs this: a host is started when a job needs one."
  ),
  Command.withShortDescription("Let the service manager keep a host"),
  Command.withExamples([
    { command: "oracle host install --print", description: "See the file first" },
    { command: "oracle host install", description: "Write it and start the host" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.host.install")(function*({ print }) {
      const screen = yield* Screen
      const json = yield* Json
      const services = yield* load
      const manager = yield* services.manager
      const { content, file, name } = manager
      const command = services.shown(manager.enable)
      if (print) {
        if (json) return yield* screen.json({ manager: name, file, content, command, installed: false, enabled: false })
        yield* screen.note(`${file}; to be enabled with: ${command}`)
        return yield* screen.print(content)
      }
      const enabled = yield* services.install(manager)
      if (json) return yield* screen.json({ manager: name, file, content, command, installed: true, enabled })
      yield* screen.print(
        enabled
          ? `${file} is written and enabled; '${command}' did it`
          : `${file} is written, but ${name} cannot be reached from here; enable it with:\n  ${command}`
      )
      if (name === "systemd") {
        yield* screen.note("it runs while you are logged in; 'loginctl enable-linger' lets it run without")
      }
    })
  )
)

export const uninstall = Command.make("uninstall").pipe(
  Command.withDescription(
    "Take the host back from the service manager and remove the file that 'oracle host install' wrote, and no other."
  ),
  Command.withShortDescription("Take the host back from the service manager"),
  Command.withExamples([{ command: "oracle host uninstall", description: "End the service and remove its file" }]),
  Command.withHandler(
    Effect.fn("oracle.host.uninstall")(function*() {
      const screen = yield* Screen
      const json = yield* Json
      const services = yield* load
      const manager = yield* services.manager
      const { released, removed } = yield* services.uninstall(manager)
      if (json) return yield* screen.json({ manager: manager.name, file: manager.file, removed, released })
      yield* screen.print(removed ? `${manager.file} is removed` : "no service of ours is installed")
      if (removed && !released) {
        yield* screen.note(`${manager.name} could not be told; if it still runs: ${services.shown(manager.disable)}`)
      }
    })
  )
)
