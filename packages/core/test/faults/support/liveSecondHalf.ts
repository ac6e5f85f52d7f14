/** The second half of every story in a state directory, by a process that is then killed: its log stays beside the database. */
import { Effect } from "effect"
import { JobStore } from "../../../src/store/JobStore.ts"
import { stateAt } from "../../store/stateDir.ts"
import { live } from "./ruins.ts"

const [, , state = ""] = process.argv

const work = Effect.gen(function*() {
  yield* live(yield* JobStore, "second")
  process.kill(process.pid, "SIGKILL")
  return yield* Effect.never
})

await Effect.runPromise(Effect.provide(work, stateAt(state)))
