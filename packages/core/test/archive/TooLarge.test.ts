import { breakdown, narrowingPlan, size, tooLarge } from "@effect-oracle/core/archive/TooLarge"
import { assert, describe, it } from "@effect/vitest"

const entries = [
  { path: "media/film.mov", bytes: 9_000_000 },
  { path: "media/still.png", bytes: 500_000 },
  { path: "src/main.ts", bytes: 2000 },
  { path: "data.json", bytes: 3_000_000 }
]

describe("tooLarge", () => {
  it("names the limit, the size and the largest parts, and orders the plan", () => {
    const error = tooLarge({ limit: 1_048_576, bytes: 12_582_912, entries, prunedPaths: ["dist"] })
    assert.strictEqual(error.code, "archive_too_large")
    assert.include(error.message, "12.0 MiB after leaving out dist, the limit is 1.0 MiB")
    assert.isBelow(error.message.indexOf("media/ 9.1 MiB"), error.message.indexOf("data.json 2.9 MiB"))
    assert.isBelow(error.nextStep.indexOf("!media/film.mov"), error.nextStep.indexOf("!data.json"))
  })

  it("puts generated output first, then files, then folders", () => {
    const plan = narrowingPlan({
      limit: 1,
      bytes: 2,
      entries: [...entries, { path: "app/dist/a.js", bytes: 10 }, { path: "app/dist/b.js", bytes: 20 }],
      prunedPaths: []
    })
    assert.deepStrictEqual(plan.map((step) => step.replace(/ \(.*/u, "")), [
      "--files '!app/dist'",
      "--files '!media/film.mov'",
      "--files '!data.json'",
      "--files '!media/still.png'",
      "--files '!media'",
      "--files '!src'",
      "name only the folders the question is about instead of '.'"
    ])
  })

  it("adds up folders", () => {
    assert.deepStrictEqual(breakdown(entries), [
      { path: "media/", bytes: 9_500_000 },
      { path: "data.json", bytes: 3_000_000 },
      { path: "src/", bytes: 2000 }
    ])
  })

  it("copes with twice 120,000 entries", () => {
    const many = Array.from({ length: 240_000 }, (_, index) => ({ path: `d${index % 1000}/f${index}`, bytes: index }))
    assert.lengthOf(breakdown(many), 1000)
    assert.isAtMost(narrowingPlan({ limit: 1, bytes: 2, entries: many, prunedPaths: [] }).length, 10)
  })

  it.each<[number, string]>([[0, "0 bytes"], [1023, "1023 bytes"], [1024, "1.0 KiB"], [5_368_709_120, "5.0 GiB"]])(
    "writes %i as %s",
    (bytes, text) => assert.strictEqual(size(bytes), text)
  )
})
