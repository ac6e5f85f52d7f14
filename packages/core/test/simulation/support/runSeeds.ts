/** Runs seeds one after the other; fails with the promises that were broken and how to see it again. */
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { simulate } from "./Simulation.ts"

const perTest = 50
/** Far more than it takes, so that a busy machine does not fail it. */
const timeoutMs = 120_000

export const runSeeds = (first: number, count: number): void => {
  for (let from = first; from < first + count; from += perTest) {
    it.live(`every promise holds in the worlds ${from} to ${from + perTest - 1}`, () =>
      Effect.gen(function*() {
        for (let seed = from; seed < from + perTest; seed += 1) {
          yield* Effect.yieldNow
          const { violations } = simulate(seed)
          const told = violations.map(({ detail, promise }) => `${promise}: ${detail}`)
          assert.deepStrictEqual(
            told,
            [],
            `node --conditions=oracle-source faults/simulation.ts --seed ${seed} --trace`
          )
        }
      }), timeoutMs)
  }
}
