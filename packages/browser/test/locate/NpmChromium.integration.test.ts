import { findNpmChromium, unpacked } from "@effect-oracle/browser/locate/NpmChromium"
import { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { privateTempFolder } from "../launch/tempFolder.ts"
import { temporaryFolder } from "../launch/workspace.ts"

const script = ["--conditions=oracle-source", join(import.meta.dirname, "unpackOnce.ts")]
const run = promisify(execFile)

const unpackIn = (cache: string) => Effect.promise(() => run(process.execPath, [...script, cache]))

describe("NpmChromium", () => {
  it.live("is unpacked once and whole when two processes start at the same time", () =>
    Effect.gen(function*() {
      const cache = yield* temporaryFolder
      const left = yield* privateTempFolder(yield* temporaryFolder)
      for (const [version, days] of [["100.0.0", 8], ["152.0.0", 6]] as const) {
        const older = join(cache, "npm-chromium", `${version}-linux-x64`)
        mkdirSync(older, { recursive: true })
        writeFileSync(join(older, "chromium"), "")
        utimesSync(older, Date.now() / 1000, Date.now() / 1000 - days * 86_400)
      }
      const [one, two] = yield* Effect.all([unpackIn(cache), unpackIn(cache)], { concurrency: 2 })
      assert.strictEqual(one.stdout, two.stdout)
      assert.isAbove(statSync(one.stdout).size, 100 * 1024 ** 2)
      const folder = join(cache, "npm-chromium")
      const entries = readdirSync(folder).filter((name) => !name.startsWith("unpack-lock"))
      assert.deepStrictEqual(entries.map((name) => name.startsWith("152")), [true, false])
      assert.includeMembers(readdirSync(join(folder, entries[1] ?? "")), [
        "chromium",
        "al2023",
        "fonts",
        "fonts.conf",
        "libGLESv2.so"
      ])
      assert.deepStrictEqual(left(), [])
    }))

  it.live("survives a kill in the middle and removes what that left", () =>
    Effect.gen(function*() {
      const cache = yield* temporaryFolder
      const folder = join(cache, "npm-chromium")
      const child = spawn(process.execPath, [...script, cache], { stdio: "ignore" })
      const staging = Effect.suspend(() => {
        const found = existsSync(folder) ? readdirSync(folder).find((name) => name.startsWith(".unpack-")) : undefined
        return found === undefined ? Effect.fail("not yet" as const) : Effect.succeed(found)
      })
      const left = yield* Effect.eventually(Effect.tapError(staging, () => Effect.sleep("5 millis")))
      child.kill("SIGKILL")
      yield* Effect.promise(() => once(child, "exit"))
      assert.include(readdirSync(folder), left)
      const { stdout } = yield* unpackIn(cache)
      assert.isTrue(existsSync(stdout))
      assert.notInclude(readdirSync(folder), left)
    }))

  it.live("is not touched again once it is there", () =>
    Effect.gen(function*() {
      const cache = yield* temporaryFolder
      const machine = yield* Surroundings
      const chromium = findNpmChromium(cache, machine)
      if (chromium === undefined) return assert.fail("the npm Chromium does not run here")
      mkdirSync(chromium.directory, { recursive: true })
      writeFileSync(chromium.executable, "already here")
      yield* unpacked(chromium, machine)
      assert.strictEqual(statSync(chromium.executable).size, "already here".length)
      assert.deepStrictEqual(readdirSync(join(cache, "npm-chromium")).length, 1)
    }))
})
