/** `oracle demo`: the whole way of a job, on this machine only. */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { Json } from "../input/Json.ts"

export const demo = Command.make("demo", {
  prompt: Flag.String("prompt").pipe(
    Flag.withAlias("p"),
    Flag.withDescription("The question (default: what is in this project and what to look at first)"),
    Flag.withDefault("Here is my project. What is in it, and what would you look at first?")
  ),
  headed: Flag.Boolean("headed").pipe(
    Flag.withDescription("Show the browser window (default: no window)"),
    Flag.withDefault(false)
  )
}).pipe(
  Command.withDescription(
    "Show oracle at work, without an account and without anything leaving this machine: start the practice site, sign in, "
      + "pack this project, ask, and prove that what the site got is what was packed. Everything but the answer is removed "
      + "at the end."
  ),
  Command.withShortDescription("Show oracle at work on this machine, without an account"),
  Command.withExamples([
    { command: "oracle demo", description: "Takes well under a minute" },
    { command: "oracle demo --headed", description: "Watch the browser work" }
  ]),
  Command.withHandler(
    Effect.fn("oracle.demo")(function*(flags) {
      const { runDemo } = yield* Effect.promise(() => import("../demo/runDemo.ts"))
      yield* runDemo({ ...flags, json: yield* Json })
    })
  )
)
