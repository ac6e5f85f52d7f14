import { assert, describe, it } from "@effect/vitest"
import { Effect, FileSystem, Layer, Path } from "effect"
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { temporaryMark } from "../../src/node/AtomicFile.ts"
import * as ProcessesNode from "../../src/node/ProcessesNode.ts"
import { JobFiles } from "../../src/store/JobFiles.ts"
import { StateDirs } from "../../src/store/StateDirs.ts"
import * as TempFiles from "../../src/upkeep/TempFiles.ts"
import { jobId } from "../store/fixtures.ts"
import { stateAt, temporaryDirectory } from "../store/stateDir.ts"

/** No process of Linux or macOS has so high an id. */
const nobody = 2_000_000_000

const fileSystem = FileSystem.layerNoop({
  readDirectory: (path) => Effect.sync(() => readdirSync(path)),
  remove: (path) => Effect.sync(() => writeFileSync(`${path}.removed`, ""))
})

describe("TempFiles", () => {
  it.live("removes what a process left that is gone, and nothing else", () =>
    Effect.gen(function*() {
      const state = yield* temporaryDirectory
      yield* Effect.gen(function*() {
        const files = yield* JobFiles
        const dirs = yield* StateDirs
        const paths = yield* files.makeDirs(jobId(1))
        const random = "4a8e1c1e-94f0-4d6e-9b57-0f6a9d4b3c11"
        const left = [
          join(dirs.state, `.host.json.${nobody}-${random}.tmp`),
          join(paths.directory, `.job.json.${nobody}-${random}.tmp`),
          join(paths.directory, `context.tar.zst.${nobody}-${random}.tmp`),
          join(paths.artifacts, `.${nobody}-${random}.part`)
        ]
        const kept = [
          join(paths.directory, `.job.json.${temporaryMark()}.tmp`),
          join(paths.artifacts, "report.tmp"),
          join(paths.artifacts, `2024-${random}.txt`),
          join(dirname(paths.eventLog), `.x.${nobody}-${random}.tmp`)
        ]
        for (const path of [...left, ...kept]) {
          mkdirSync(dirname(path), { recursive: true })
          writeFileSync(path, "")
        }
        yield* TempFiles.sweep()
        assert.deepStrictEqual(left.map((path) => existsSync(`${path}.removed`)), left.map(() => true))
        assert.deepStrictEqual(kept.map((path) => existsSync(`${path}.removed`)), kept.map(() => false))
      }).pipe(Effect.provide(Layer.mergeAll(stateAt(state), ProcessesNode.layer, Path.layer, fileSystem)))
    }))

  it("knows the writer of a file by its name", () => {
    assert.strictEqual(TempFiles.writerOf(`.job.json.${temporaryMark()}.tmp`), process.pid)
    assert.isNull(TempFiles.writerOf("notes.tmp"))
    assert.isNull(TempFiles.writerOf(".job.json.12-4a8e1c1e.json"))
  })
})
