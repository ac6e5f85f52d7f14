/** Every scenario of the practice site as a whole job in real Chromium, several at once. */
import { scenarios } from "@effect-oracle/practice/Scenario"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { check } from "./check.ts"
import { expectations } from "./Expectations.ts"
import { runScenario } from "./runScenario.ts"
import { ScenarioWorld } from "./ScenarioWorld.ts"

const world = new ScenarioWorld()

beforeAll(() => world.prepare())
afterAll(() => world.close())

/** All of them are queued at once: a job that waits for the site makes room for others. */
const limitMs = 900_000

describe.concurrent("a whole job", () => {
  for (const name of new Set([...Object.keys(scenarios), ...Object.keys(expectations)])) {
    const expected = expectations[name]
    const title = expected === undefined ? "is missing in the table" : expected.outcome
    it(`under "${name}" ${title}`, { timeout: limitMs }, async () => {
      assert.isDefined(expected)
      check(expected, await runScenario(world, name, expected))
    })
  }
})

describe("after all jobs", () => {
  it("no browser, profile, lease or temporary file is left", async () => {
    assert.deepStrictEqual(await world.leftovers(20_000), { browsers: 0, runtimes: [], leases: [] })
    assert.deepStrictEqual(world.temporaryFiles(), [])
  })
})
