import { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import * as FileLock from "@effect-oracle/browser/profile/FileLock"
import { createRuntime, listRuntimes, removeRuntime } from "@effect-oracle/browser/profile/RuntimeDirs"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { temporaryFolder } from "../launch/workspace.ts"
import { keyOf, pathsIn, storeIn, writeSeed } from "./seedFolder.ts"

const isRoot = process.getuid?.() === 0
const nobody = 65_534

/** Ways in which somebody else may have prepared a folder for us. */
const plant: Readonly<Record<string, (path: string, elsewhere: string) => void>> = {
  "a symbolic link": (path, elsewhere) => symlinkSync(elsewhere, path),
  "writable by others": (path) => {
    mkdirSync(path)
    chmodSync(path, 0o777)
  },
  ...(isRoot
    ? {
      "another user's": (path: string) => {
        mkdirSync(path)
        chownSync(path, nobody, nobody)
      }
    }
    : {})
}

describe("a folder of runtimes that is", () => {
  for (const [what, make] of Object.entries(plant)) {
    it.effect(`${what} gets no runtime and loses none`, () =>
      Effect.gen(function*() {
        const folder = yield* temporaryFolder
        const elsewhere = join(folder, "elsewhere")
        mkdirSync(join(elsewhere, "kept"), { recursive: true })
        const root = join(folder, "runtimes")
        make(root, elsewhere)
        mkdirSync(join(root, "old"), { mode: 0o700 })
        const errors = [
          yield* Effect.flip(createRuntime(root, "new")),
          yield* Effect.flip(listRuntimes(root)),
          yield* Effect.flip(removeRuntime(root, "old", yield* Surroundings))
        ]
        assert.deepStrictEqual(errors.map(({ code }) => code), ["state_unsafe", "state_unsafe", "state_unsafe"])
        for (const { message } of errors) assert.include(message, root)
        assert.isTrue(existsSync(join(root, "old")))
        assert.isFalse(existsSync(join(root, "new")))
        assert.isTrue(existsSync(join(elsewhere, "kept")))
      }))
  }
})

describe("a folder of seeds that is", () => {
  for (const [what, make] of Object.entries(plant)) {
    it.effect(`${what} is not used`, () =>
      Effect.gen(function*() {
        const folder = yield* temporaryFolder
        const { seed, siteDir } = pathsIn(folder)
        const root = dirname(siteDir)
        const elsewhere = join(folder, "elsewhere")
        mkdirSync(elsewhere)
        mkdirSync(dirname(root), { recursive: true })
        make(root, elsewhere)
        writeSeed(seed, 1)
        const error = yield* Effect.flip(
          SeedProfiles.use((seeds) => seeds.check(keyOf())).pipe(Effect.provide(storeIn(folder)))
        )
        assert.deepStrictEqual([error.code, error.message.includes(root)], ["state_unsafe", true])
      }))
  }

  it.live("below a file system that makes no folders is an error at once", () =>
    Effect.gen(function*() {
      const busy = () => assert.fail("nobody holds it")
      const file = "/proc/oracle/chatgpt/default.lock.db"
      const error = yield* Effect.flip(Effect.scoped(FileLock.acquire({ file, mode: "shared", waitMs: 0, busy })))
      assert.strictEqual(error.code, "state_unwritable")
      assert.notInclude(readdirSync("/proc"), "oracle")
    }))
})
