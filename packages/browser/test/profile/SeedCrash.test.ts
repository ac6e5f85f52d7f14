/** Every file operation of a change of the seed is cut off in turn; after each the next look finds a usable seed. */
import { readMarker, type SeedMarker, writeMarker } from "@effect-oracle/browser/profile/SeedMarker"
import { profileOf, type SeedPaths } from "@effect-oracle/browser/profile/SeedPaths"
import { commitMerged, commitStaged, exchange, recover } from "@effect-oracle/browser/profile/SeedSwap"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import fs, { existsSync, readFileSync } from "node:fs"
import { syncBuiltinESMExports } from "node:module"
import { join } from "node:path"
import { temporaryFolder } from "../launch/workspace.ts"
import { marker, pathsIn, write } from "./seedFolder.ts"

class Crash extends Error {}

const changing = ["renameSync", "rmSync", "writeFileSync", "mkdirSync"] as const

/**
 * Runs `work` until its n-th changing operation: that one is not done, or (`torn`) it is half done, and nothing after it.
 * Answers whether it came so far.
 */
const cutOff = (work: () => void, n: number, torn: boolean): boolean => {
  const real = Object.fromEntries(changing.map((name) => [name, fs[name]]))
  let count = 0
  let dead = false
  for (const name of changing) {
    Object.assign(fs, {
      [name]: (...args: ReadonlyArray<unknown>) => {
        if (dead) throw new Crash()
        count += 1
        if (count < n) return Reflect.apply(real[name]!, fs, args)
        dead = true
        if (torn && name === "writeFileSync") {
          Reflect.apply(real[name]!, fs, [args[0], String(args[1]).slice(0, 20), args[2]])
        }
        const part = join(String(args[0]), "profile", "Default")
        if (torn && name === "rmSync" && existsSync(part)) Reflect.apply(real[name]!, fs, [part, args[1]])
        throw new Crash()
      }
    })
  }
  syncBuiltinESMExports()
  try {
    work()
    return false
  } catch (error) {
    if (error instanceof Crash) return true
    throw error
  } finally {
    Object.assign(fs, real)
    syncBuiltinESMExports()
  }
}

const cookiesOf = (directory: string) => readFileSync(join(profileOf(directory), "Default/Cookies"), "utf8")

const found = (directory: string): SeedMarker | string => {
  const marker = readMarker(directory)
  if (typeof marker !== "string") assert.strictEqual(cookiesOf(directory), `cookies of generation ${marker.generation}`)
  return marker
}

/** The least that makes a seed: hundreds of them are written here. */
const writeSeed = (directory: string, generation: number): void => {
  write(profileOf(directory), { "Default/Cookies": `cookies of generation ${generation}` })
  writeMarker(directory, marker(generation))
}

interface Change {
  readonly prepare: (paths: SeedPaths) => void
  readonly run: (paths: SeedPaths) => void
  /** `generation.revision` of the seed before and after. */
  readonly before: string
  readonly after: string
}

const changes: Readonly<Record<string, Change>> = {
  "a new sign-in": {
    prepare: (paths) => {
      writeSeed(paths.previous, 1)
      writeSeed(paths.seed, 2)
      write(profileOf(paths.staging), { "Default/Cookies": "cookies of generation 3" })
      write(paths.staging, { "tmp/left": "x", "cookies.json": "[]" })
    },
    run: (paths) => commitStaged(paths, marker(3)),
    before: "2.0",
    after: "3.0"
  },
  "rotated cookies": {
    prepare: (paths) => {
      writeSeed(paths.previous, 1)
      writeSeed(paths.seed, 2)
      write(profileOf(paths.merging), { "Default/Cookies": "cookies of generation 2" })
    },
    run: (paths) => commitMerged(paths, { ...marker(2), revision: 1 }),
    before: "2.0",
    after: "2.1"
  },
  "going back": {
    prepare: (paths) => {
      writeSeed(paths.previous, 1)
      writeSeed(paths.seed, 2)
    },
    run: exchange,
    before: "2.0",
    after: "1.0"
  }
}

const versionOf = (directory: string): string => {
  const marker = found(directory)
  return typeof marker === "string" ? marker : `${marker.generation}.${marker.revision}`
}

const operations = 40

describe("a crash at any file operation", () => {
  for (const [name, change] of Object.entries(changes)) {
    for (const torn of [false, true]) {
      it.effect(`of ${name} leaves the seed before or after it${torn ? ", when the operation is half done" : ""}`, () =>
        Effect.gen(function*() {
          const seen = new Set<string>()
          let n = 1
          for (; n <= operations; n += 1) {
            const paths = pathsIn(yield* temporaryFolder)
            change.prepare(paths)
            if (!cutOff(() => change.run(paths), n, torn)) break
            // The look after the crash is cut off too, everywhere in turn, until one gets through.
            for (let again = 1; cutOff(() => recover(paths), again, torn); again += 1) assert.isBelow(again, operations)
            const version = versionOf(paths.seed)
            assert.include([change.before, change.after], version, `operation ${n}`)
            seen.add(version)
            const other = version.startsWith("1") ? "2.0" : version.startsWith("3") ? "2.0" : "1.0"
            assert.strictEqual(versionOf(paths.previous), other, `the previous one, operation ${n}`)
            assert.isFalse(existsSync(paths.discarded) || existsSync(paths.merging), `left over, operation ${n}`)
          }
          assert.isAbove(n, 4)
          assert.deepStrictEqual([...seen].toSorted(), [change.before, change.after].toSorted())
        }))
    }
  }
})
