import { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import { profileOf } from "@effect-oracle/browser/profile/SeedPaths"
import { stagedSeed } from "@effect-oracle/browser/profile/StagedSeed"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "../launch/workspace.ts"
import { keyOf, marker, pathsIn, usedProfile, write, writeSeed } from "./seedFolder.ts"

const { baseUrl, browser, createdAt, identity } = marker(1)

const stage = (folder: string) =>
  Effect.flatMap(Effect.service(Surroundings), (machine) => stagedSeed(keyOf(), pathsIn(folder), machine))

describe("stagedSeed", () => {
  it.effect("is private, and goes with the scope unless it was committed", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { seed, staging } = pathsIn(folder)
      yield* Effect.scoped(Effect.gen(function*() {
        const { profileDir, tempDir } = yield* stage(folder)
        for (const path of [staging, profileDir, tempDir]) assert.strictEqual(statSync(path).mode & 0o777, 0o700)
      }))
      assert.deepStrictEqual([existsSync(staging), existsSync(seed)], [false, false])
    }))

  it.effect("becomes the seed with the next generation, without what was written beside it", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { previous, seed, staging } = pathsIn(folder)
      writeSeed(seed, 4)
      const status = yield* Effect.scoped(Effect.gen(function*() {
        const staged = yield* stage(folder)
        write(staged.profileDir, usedProfile)
        write(staged.tempDir, { "downloads/left": "" })
        write(staging, { "cookies.json": "[]" })
        return yield* staged.commit({ baseUrl, browser, createdAt, identity })
      }))
      assert.deepStrictEqual([status.generation, status.directory, status.identity], [5, seed, identity])
      assert.deepStrictEqual([existsSync(staging), existsSync(previous)], [false, true])
      assert.sameMembers(readdirSync(seed), ["profile", "seed.json"])
    }))

  it.effect("starts empty whatever a crash left, and rescues a seed that a crash put aside", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { previous, seed, staging } = pathsIn(folder)
      writeSeed(previous, 1)
      write(profileOf(staging), usedProfile)
      yield* Effect.scoped(Effect.gen(function*() {
        const { profileDir } = yield* stage(folder)
        assert.isFalse(existsSync(join(profileDir, "Default")))
        assert.isTrue(existsSync(seed))
      }))
    }))

  it.effect("does not replace a link, and lets one sign-in prepare at a time", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { seed, siteDir } = pathsIn(folder)
      mkdirSync(siteDir, { recursive: true })
      yield* Effect.scoped(Effect.gen(function*() {
        yield* stage(folder)
        assert.strictEqual((yield* Effect.flip(stage(folder))).code, "seed_busy")
      }))
      symlinkSync(folder, seed)
      const error = yield* Effect.flip(Effect.scoped(stage(folder)))
      assert.deepStrictEqual([error.code, error.message], ["profile_unsafe", `${seed} is a symbolic link`])
    }))
})
