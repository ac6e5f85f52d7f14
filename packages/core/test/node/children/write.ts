/** Writes one job again and again and says each number that was acknowledged, until it is killed. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { JobStore } from "../../../src/store/JobStore.ts"
import { created, jobId, jobRecord } from "../../store/fixtures.ts"
import { stateAt } from "../../store/stateDir.ts"

const [, , state = ""] = process.argv

const work = Effect.gen(function*() {
  const store = yield* JobStore
  yield* store.insert(jobRecord(1), created)
  for (let n = 1;; n++) {
    yield* store.update(jobId(1), (job) => Result.succeed({ ...job, starts: n }))
    yield* Effect.sync(() => process.stdout.write(`${n}\n`))
  }
})

await Effect.runPromise(Effect.provide(work, stateAt(state)))
