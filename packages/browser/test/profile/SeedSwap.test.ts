import { readMarker } from "@effect-oracle/browser/profile/SeedMarker"
import { profileOf, type SeedPaths } from "@effect-oracle/browser/profile/SeedPaths"
import { recover, swap } from "@effect-oracle/browser/profile/SeedSwap"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { existsSync, mkdirSync, renameSync } from "node:fs"
import { temporaryFolder } from "../launch/workspace.ts"
import { pathsIn, writeSeed } from "./seedFolder.ts"

const generationOf = (directory: string): number | string => {
  const marker = readMarker(directory)
  return typeof marker === "string" ? marker : marker.generation
}

const generations = (
  paths: SeedPaths
) => [generationOf(paths.seed), generationOf(paths.previous), generationOf(paths.staging)]

/** Each state that a crash inside `swap` can leave, from seeds of generation 1 (previous), 2 (in use), 3 (staged). */
const cutOff: ReadonlyArray<readonly [string, (paths: SeedPaths) => void]> = [
  ["before the first step", () => undefined],
  ["after the predecessor was put aside", (paths) => renameSync(paths.previous, paths.discarded)],
  ["after the seed became the predecessor", (paths) => {
    renameSync(paths.previous, paths.discarded)
    renameSync(paths.seed, paths.previous)
  }],
  ["before the discarded one was deleted", (paths) => {
    renameSync(paths.previous, paths.discarded)
    renameSync(paths.seed, paths.previous)
    renameSync(paths.staging, paths.seed)
  }]
]

describe("SeedSwap", () => {
  it.effect("puts the staged seed in use and keeps exactly one predecessor", () =>
    Effect.gen(function*() {
      const paths = pathsIn(yield* temporaryFolder)
      writeSeed(paths.staging, 1)
      swap(paths)
      assert.deepStrictEqual(generations(paths), [1, "absent", "absent"])
      for (const generation of [2, 3]) {
        writeSeed(paths.staging, generation)
        swap(paths)
      }
      assert.deepStrictEqual(generations(paths), [3, 2, "absent"])
      assert.isFalse(existsSync(paths.discarded))
    }))

  for (const [when, crash] of cutOff) {
    it.effect(`leaves a usable seed when it is cut off ${when}`, () =>
      Effect.gen(function*() {
        const paths = pathsIn(yield* temporaryFolder)
        writeSeed(paths.previous, 1)
        writeSeed(paths.seed, 2)
        writeSeed(paths.staging, 3)
        crash(paths)
        recover(paths)
        const [inUse, previous] = generations(paths)
        assert.include([2, 3], inUse)
        assert.strictEqual(previous, Number(inUse) - 1)
        assert.isTrue(existsSync(profileOf(paths.seed)))
        assert.isFalse(existsSync(paths.discarded))
      }))
  }

  it.effect("does not let a seed that was never finished displace a usable predecessor", () =>
    Effect.gen(function*() {
      const paths = pathsIn(yield* temporaryFolder)
      writeSeed(paths.previous, 1)
      mkdirSync(profileOf(paths.seed), { recursive: true })
      writeSeed(paths.staging, 2)
      swap(paths)
      assert.deepStrictEqual(generations(paths), [2, 1, "absent"])
      assert.isFalse(existsSync(paths.discarded))
    }))

  it.effect("never puts an unfinished profile in use", () =>
    Effect.gen(function*() {
      const paths = pathsIn(yield* temporaryFolder)
      mkdirSync(profileOf(paths.staging), { recursive: true })
      writeSeed(paths.previous, 4)
      recover(paths)
      assert.deepStrictEqual(generations(paths), [4, "absent", "absent"])
    }))
})
