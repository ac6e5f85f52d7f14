import { fits, linkPlaces, removeLinks, shortened } from "@effect-oracle/browser/launch/ShortTemp"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { temporaryFolder } from "./workspace.ts"

const runtimeIn = (folder: string, depth = 4) =>
  Effect.sync(() => {
    const nested = Array.from({ length: depth }, () => "folder-with-a-name")
    const tempDir = join(folder, ...nested, "0190e7a0-1234-7abc-8def-0123456789ab", "tmp")
    mkdirSync(tempDir, { recursive: true })
    return { tempDir, runtimeDir: join(tempDir, "..") }
  })

describe("shortened", () => {
  it.effect("gives an ordinary long path a link that fits, and takes it away with the scope", () =>
    Effect.gen(function*() {
      const { runtimeDir, tempDir } = yield* runtimeIn(yield* temporaryFolder)
      assert.isFalse(fits(tempDir, "linux"))
      const link = yield* Effect.scoped(Effect.gen(function*() {
        const short = yield* shortened(tempDir, "linux")
        assert.isTrue(fits(short, "linux"))
        assert.strictEqual(realpathSync(short), tempDir)
        writeFileSync(join(short, "file"), "")
        assert.isTrue(existsSync(join(tempDir, "file")))
        return short
      }))
      assert.include(linkPlaces(runtimeDir), link)
      assert.isUndefined(lstatSync(link, { throwIfNoEntry: false }))
    }))

  it.effect("leaves a short path and Windows alone", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* shortened("/s/r/id/tmp", "linux"), "/s/r/id/tmp")
      const { tempDir } = yield* runtimeIn(yield* temporaryFolder)
      assert.strictEqual(yield* shortened(tempDir, "win32"), tempDir)
    }))

  it.effect("prefers a link beside the runtime to one in the temporary folder", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { tempDir } = yield* runtimeIn(folder, 0)
      assert.strictEqual(join(yield* shortened(tempDir, "linux"), ".."), folder)
    }))

  it.effect("takes over its own link of a process that died, and never another's", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { runtimeDir, tempDir } = yield* runtimeIn(folder, 0)
      const [beside = "", inTemp = ""] = linkPlaces(runtimeDir)
      symlinkSync(tempDir, beside)
      assert.strictEqual(yield* Effect.scoped(shortened(tempDir, "linux")), beside)
      symlinkSync(folder, beside)
      assert.strictEqual(yield* Effect.scoped(shortened(tempDir, "linux")), inTemp)
      removeLinks(runtimeDir)
      assert.strictEqual(readlinkSync(beside), folder)
    }))
})
