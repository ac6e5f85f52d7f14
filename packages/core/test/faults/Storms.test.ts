/** The short form of `faults/storms.ts`, and proof that its judge finds what it is there to find. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { temporaryDirectory } from "../store/stateDir.ts"
import { storm } from "./support/Storm.ts"
import { judge, parse, percentile } from "./support/StormLog.ts"

describe("processes that contend for the host lock while its holder is killed and frozen", () => {
  it.live(
    "are never two hosts, never write in an old epoch and never exceed the capacity",
    () =>
      Effect.gen(function*() {
        const state = yield* temporaryDirectory
        const report = yield* Effect.promise(() => storm(state, { processes: 4, seconds: 3, capacity: 2 }))
        assert.deepStrictEqual(report.violations, [])
        assert.isAbove(report.counts["held"] ?? 0, 1)
        assert.isAbove(report.counts["kill"] ?? 0, 0)
        assert.isAbove(report.counts["wrote"] ?? 0, 0)
      }),
    40_000
  )
})

describe("the judge of a storm", () => {
  const violationsOf = (lines: ReadonlyArray<string>, accepted: ReadonlyArray<number> = []) =>
    judge(parse(lines.join("\n")), accepted).violations

  it("sees a lock that is taken while its holder lives", () => {
    assert.lengthOf(violationsOf(["1 held 7", "2 held 8"]), 1)
    assert.lengthOf(violationsOf(["1 held 7", "2 stop 7", "3 held 8"]), 1)
    assert.lengthOf(violationsOf(["1 held 7", "2 released 7", "3 held 8", "4 kill 8", "5 held 9"]), 0)
    assert.lengthOf(violationsOf(["1 held 7", "2 replace 7", "3 held 8"]), 0)
    assert.lengthOf(violationsOf(["1 held 7", "2 replace 7", "3 held 8", "4 held 9"]), 1)
  })

  it("sees a stale write that was accepted, in the log and in the order of the database", () => {
    const stale = ["1 epoch 7 1", "2 epoch 8 2", "3 try 7 1 1", "4 wrote 7 1 1"]
    assert.lengthOf(violationsOf(stale), 1)
    assert.lengthOf(violationsOf(["1 epoch 7 1", "2 try 7 1 1", "3 epoch 8 2", "4 wrote 7 1 1"]), 0)
    assert.lengthOf(violationsOf([], [1, 1, 2, 1]), 1)
    assert.lengthOf(violationsOf(["1 epoch 7 1", "2 epoch 8 1"]), 1)
  })

  it("takes over what a contender has seen, and measures from the kill to the next holder", () => {
    assert.lengthOf(violationsOf(["1 broken 7 capacity:3"]), 1)
    const { takeOverMs } = judge(parse("1000 held 7\n2000 kill 7\n5000 held 8"), [])
    assert.deepStrictEqual(takeOverMs, [3])
    assert.deepStrictEqual([0.5, 0.99].map((share) => percentile([5, 1, 3], share)), [3, 5])
  })
})
