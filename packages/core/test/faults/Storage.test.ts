/** The short form of `faults/storage.ts`. What needs a small file system of its own runs where one may be mounted. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { temporaryDirectory } from "../store/stateDir.ts"
import { diskFull, noDescriptors, readErrors, readOnly, type StorageReport, whyNoMount } from "./support/Storage.ts"

const patience = 60_000
const noMount = whyNoMount()
const here = noMount === null ? "" : ` (not run: ${noMount})`

const holds = (report: StorageReport, code: string) => {
  assert.deepStrictEqual(report.violations, [])
  const seen = Object.values(report.outcomes).flatMap((counts) => Object.keys(counts))
  assert.include(seen, code)
  assert.include(seen, "ok")
}

describe("a store", () => {
  it.live("that has no file descriptor left says so, and works again when it has", () =>
    Effect.gen(function*() {
      holds(yield* noDescriptors(yield* temporaryDirectory), "too_many_files")
    }), patience)

  it.live.skipIf(noMount !== null)(
    `on a full disk says so, loses nothing that it acknowledged, and works again with space${here}`,
    () =>
      Effect.gen(function*() {
        holds(yield* diskFull(yield* temporaryDirectory, 16), "disk_full")
      }),
    patience
  )

  it.live.skipIf(noMount !== null)(
    `on a read-only file system says so, and works again when it is writable${here}`,
    () =>
      Effect.gen(function*() {
        const report = yield* readOnly(yield* temporaryDirectory)
        assert.deepStrictEqual(report.violations, [])
        assert.deepStrictEqual(report.outcomes["open and update, read-only"], { state_unwritable: 1 })
      }),
    patience
  )

  it.live.skipIf(noMount !== null)(
    `whose files cannot be read goes on beside a mirror, and names the database${here}`,
    () =>
      Effect.gen(function*() {
        holds(yield* readErrors(yield* temporaryDirectory), "storage_failed")
      }),
    patience
  )
})
