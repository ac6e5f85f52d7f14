import { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import { acquire } from "@effect-oracle/browser/profile/FileLock"
import { sweepStaging } from "@effect-oracle/browser/profile/StagingSweep"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { temporaryFolder } from "../launch/workspace.ts"
import { pathsIn, writeSeed } from "./seedFolder.ts"

const sweep = (seeds: string) => Effect.flatMap(Effect.service(Surroundings), (machine) => sweepStaging(seeds, machine))

describe("sweepStaging", () => {
  it.effect("removes what a dead sign-in was preparing and leaves the seed in use", () =>
    Effect.gen(function*() {
      const paths = pathsIn(yield* temporaryFolder)
      writeSeed(paths.seed, 1)
      mkdirSync(join(paths.staging, "profile"), { recursive: true })
      writeFileSync(join(paths.staging, "profile", "Cookies"), "x")
      const seeds = dirname(paths.siteDir)
      assert.deepStrictEqual(yield* sweep(seeds), [paths.staging])
      assert.deepStrictEqual([existsSync(paths.staging), existsSync(paths.seed)], [false, true])
      assert.deepStrictEqual(yield* sweep(seeds), [])
    }))

  it.effect("leaves one alone whose sign-in lives", () =>
    Effect.gen(function*() {
      const paths = pathsIn(yield* temporaryFolder)
      mkdirSync(paths.staging, { recursive: true })
      const busy = () => oracleError("seed_busy", "test")
      yield* acquire({ file: paths.stagingLock, mode: "exclusive", waitMs: 0, busy })
      assert.deepStrictEqual(yield* sweep(dirname(paths.siteDir)), [])
      assert.isTrue(existsSync(paths.staging))
    }))

  it.effect("makes a finished one the seed where there is none", () =>
    Effect.gen(function*() {
      const paths = pathsIn(yield* temporaryFolder)
      writeSeed(paths.staging, 3)
      yield* sweep(dirname(paths.siteDir))
      assert.deepStrictEqual([existsSync(paths.staging), existsSync(paths.seed)], [false, true])
    }))

  it.effect("follows no link", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const paths = pathsIn(folder)
      writeSeed(paths.seed, 1)
      const precious = join(folder, "precious")
      mkdirSync(precious)
      symlinkSync(precious, paths.staging)
      assert.deepStrictEqual(yield* sweep(dirname(paths.siteDir)), [])
      assert.isTrue(existsSync(precious))
    }))
})
