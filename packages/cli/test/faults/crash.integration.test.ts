/** The short form of `npm run test:faults`: kills at twelve moments, six jobs under random kills, two asks that survive. */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { crash } from "../../../../faults/support/Crash.ts"
import { runLoad } from "../../../../faults/support/Load.ts"
import { replace, survive } from "../../../../faults/support/Survive.ts"
import type { Kill } from "../../../../faults/support/TestHost.ts"
import { World } from "../../../../faults/support/World.ts"

const lookMs = 1500

/** One of each kind, from the start of the host to the end of the job. */
const cells: ReadonlyArray<Kill> = [
  { at: "store.advanceEpoch.committed", kill: "host" },
  { at: "mirror.written:4", kill: "host" },
  { at: "clone.after", kill: "host" },
  { at: "model.after", kill: "browser" },
  { at: "ledger.attempting.committed", kill: "host" },
  { at: "click.after", kill: "host" },
  { at: "click.after", kill: "browser", unreadable: true },
  { at: "ledger.confirmed.mirrored", kill: "browser" },
  { at: "probe.after:2", kill: "page" },
  { at: "response.written", kill: "host" },
  { at: "artifact.part", kill: "host" },
  { at: "store.end.committed", kill: "browser" }
]

let world: World

beforeAll(async () => {
  world = await World.make()
})
afterAll(() => world.close())

const { version }: { readonly version: string } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8")
)

describe("a job whose host, browser or page is killed", () => {
  it.live(
    "ends with its answer after one send, wherever that happens, and leaves nothing",
    () =>
      Effect.gen(function*() {
        const outcomes = yield* Effect.forEach(cells, (cell) => crash(world, cell, lookMs), { concurrency: 2 })
        assert.deepStrictEqual(outcomes.flatMap(({ cell, problems }) => problems.map((p) => `${cell.at}: ${p}`)), [])
        assert.deepStrictEqual(outcomes.filter(({ victims }) => !victims).map(({ cell }) => cell.at), [])
      }),
    180_000
  )

  it.live("leaves nothing after several jobs under random kills", () =>
    Effect.gen(function*() {
      const report = yield* runLoad({
        world,
        isEnough: (begun) => begun >= 6,
        atOnce: 2,
        killEveryMs: 6000,
        hostKills: 0.35
      })
      assert.deepStrictEqual(report.problems, [])
      assert.strictEqual(report.complete + report.excused, 6)
      assert.deepStrictEqual(world.temporaryFiles(), [])
    }), 180_000)
})

describe("oracle ask", () => {
  it.live("survives the death of its host and prints the answer", () =>
    Effect.gen(function*() {
      for (const spanMs of [1500, 4000]) {
        const { problems } = yield* survive(world, version, spanMs)
        assert.deepStrictEqual(problems, [])
      }
      const [tookMs = Infinity] = yield* replace(world, version, 1)
      assert.isBelow(tookMs, 5000)
    }), 180_000)
})
