import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { JobStore } from "../../src/store/JobStore.ts"
import { stateAt, temporaryDirectory } from "../store/stateDir.ts"
import { startChild } from "./child.ts"

describe("two processes on one store", () => {
  it.live("never exceed the capacity and lose no job", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const jobs = 25
      const children = yield* Effect.forEach([0, 1], (n) =>
        startChild("contend.ts", [state, String(n * 1000), String(jobs), "2"]))
      const reports = yield* Effect.forEach(children, (child) =>
        child.next)
      const numbers = reports.map((line) => line.split(" ").map(Number))
      for (const [most = 99] of numbers) assert.isAtMost(most, 2)
      const left = yield* JobStore.use((store) => Effect.all([store.list({ limit: 1000 }), store.leases])).pipe(
        Effect.provide(stateAt(state))
      )
      assert.strictEqual(left[0].jobs.length, 2 * jobs)
      assert.deepStrictEqual(left[0].quarantined, [])
      const running = left[0].jobs.filter((job) => job.phase === "submitted")
      assert.sameMembers(left[1].map((lease) => lease.job), running.map((job) => job.id))
      assert.isTrue(left[0].jobs.every((job) => job.phase !== "preparing"))
    }))
})
