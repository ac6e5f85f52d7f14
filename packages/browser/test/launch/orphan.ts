/** Run as a program of its own: launches a browser on the folder named first, prints its pid, and waits to be killed. */
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import { Effect } from "effect"
import { browserLayer, config, emptyRuntime } from "./workspace.ts"

const [, , folder = ""] = process.argv

const program = Effect.gen(function*() {
  const launcher = yield* BrowserLauncher
  const browser = yield* launcher.launch({ ...emptyRuntime(folder), config, onBrowser: () => Effect.void })
  process.stdout.write(`${browser.process.pid}\n`)
  return yield* Effect.never
}).pipe(Effect.scoped, Effect.provide(browserLayer(folder)))

Effect.runFork(program)
