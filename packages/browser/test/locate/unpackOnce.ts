/** Run as a program of its own: unpacks the npm Chromium into the cache named first and prints whether it did so itself. */
import { findNpmChromium, unpacked } from "@effect-oracle/browser/locate/NpmChromium"
import { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import { Effect } from "effect"

const [, , cache = ""] = process.argv

const program = Effect.gen(function*() {
  const machine = yield* Surroundings
  const chromium = findNpmChromium(cache, machine)
  if (chromium === undefined) return yield* Effect.die("the npm Chromium does not run here")
  yield* unpacked(chromium, machine)
  process.stdout.write(chromium.executable)
})

await Effect.runPromise(program)
