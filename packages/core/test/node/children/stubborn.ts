/** A program whose orderly end never comes. */
import { Effect } from "effect"
import { endOnSignals } from "../../../src/node/EndOnSignals.ts"

const say = (text: string) => Effect.sync(() => process.stdout.write(`${text}\n`))
setInterval(() => undefined, 1000)

const program = Effect.never.pipe(Effect.onInterrupt(() => Effect.andThen(say("stopping"), Effect.never)))
endOnSignals(Effect.runFork(program), (number) => process.exit(128 + number))
Effect.runSync(say("ready"))
