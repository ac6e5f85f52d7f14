/** Uses the store with no file descriptor left, and with them again; prints what came of it. */
import { Effect, Layer } from "effect"
import { closeSync, openSync } from "node:fs"
import * as StateSafety from "../../../src/node/StateSafety.ts"
import { JobFiles } from "../../../src/store/JobFiles.ts"
import { JobStore } from "../../../src/store/JobStore.ts"
import { jobId } from "../../store/fixtures.ts"
import { stateAt } from "../../store/stateDir.ts"
import { visit } from "../../store/visits.ts"
import { noReport, progress, tried } from "./Storage.ts"

const [, , state = ""] = process.argv
const starving = ["too_many_files"]
let hoard: Array<number> = []

const starve = Effect.sync(() => {
  for (;;) {
    try {
      hoard.push(openSync("/dev/null", "r"))
    } catch {
      return
    }
  }
})
const feed = Effect.sync(() => {
  for (const file of hoard) closeSync(file)
  hoard = []
})

const report = noReport()
const work = Effect.gen(function*() {
  yield* visit(state, (store) => store.get(jobId(1)))
  yield* starve
  yield* tried(report, "open without descriptors", starving, visit(state, (store) => store.list({})))
  yield* tried(report, "check of the directory without descriptors", starving, StateSafety.makeSafe(state))
  yield* feed
  yield* Effect.gen(function*() {
    const store = yield* JobStore
    const files = yield* JobFiles
    yield* progress(1)(store)
    yield* starve
    yield* tried(report, "list without descriptors", starving, store.list({}))
    yield* tried(report, "update without descriptors", starving, progress(2)(store))
    yield* tried(report, "list of directories without descriptors", starving, files.list)
    yield* tried(report, "host start without descriptors", starving, store.advanceEpoch)
    yield* feed
    yield* tried(report, "update with descriptors again", [], progress(2)(store))
  }).pipe(Effect.provide(Layer.fresh(stateAt(state)), { local: true }))
})

await Effect.runPromise(work)
process.stdout.write(`${JSON.stringify(report)}\n`)
