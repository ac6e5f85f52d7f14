import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { runSeeds } from "./support/runSeeds.ts"
import { simulate } from "./support/Simulation.ts"

describe("a simulated machine", () => {
  it.effect("does the same again for the same seed", () =>
    Effect.sync(() => {
      for (const seed of [7, 63, 94]) {
        const lines: Array<Array<string>> = [[], []]
        const outcomes = lines.map((kept) => simulate(seed, (line) => kept.push(line)))
        assert.deepStrictEqual(outcomes[0], outcomes[1])
        assert.deepStrictEqual(lines[0], lines[1])
        assert.isAbove(lines[0]?.length ?? 0, 10)
      }
    }))

  it.effect("does something else for another seed", () =>
    Effect.sync(() => {
      assert.notStrictEqual(simulate(7).fingerprint, simulate(8).fingerprint)
    }))

  runSeeds(1, 500)
})
