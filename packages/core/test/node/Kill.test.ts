import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { JobStore } from "../../src/store/JobStore.ts"
import { jobId } from "../store/fixtures.ts"
import { stateAt, temporaryDirectory } from "../store/stateDir.ts"
import { startChild } from "./child.ts"

describe("a writer that is killed", () => {
  it.live("has lost nothing that it was told is written, neither in the database nor in the mirror", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      const child = yield* startChild("write.ts", [state])
      let acknowledged = 0
      while (acknowledged < 15) acknowledged = Number(yield* child.next)
      yield* child.kill("SIGKILL")
      acknowledged = Number((yield* child.rest).at(-1) ?? acknowledged)

      const stored = () => Effect.provide(JobStore.use((store) => store.get(jobId(1))), stateAt(state), { local: true })
      assert.isAtLeast((yield* stored()).starts, acknowledged)
      const mirror = readFileSync(join(state, "jobs", `oracle-${jobId(1)}`, "job.json"), "utf8")
      assert.isAtLeast(JSON.parse(mirror).record.starts, acknowledged)
      for (const name of readdirSync(state)) if (name.startsWith("oracle.db")) rmSync(join(state, name))
      assert.isAtLeast((yield* stored()).starts, acknowledged)
    }))
})
