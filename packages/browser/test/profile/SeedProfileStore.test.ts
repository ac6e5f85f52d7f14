import { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import * as FileLock from "@effect-oracle/browser/profile/FileLock"
import { profileOf } from "@effect-oracle/browser/profile/SeedPaths"
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit } from "effect"
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { join } from "node:path"
import { config, dirsBelow, temporaryFolder } from "../launch/workspace.ts"
import { browsersOn, keyOf, pathsIn, storeIn, writeSeed } from "./seedFolder.ts"

const withBrowser = (browser: Partial<OracleConfig["browser"]>): OracleConfig => ({
  ...config,
  browser: { ...config.browser, ...browser }
})

const check = (folder: string, key = keyOf(), store = storeIn(folder)) =>
  SeedProfiles.use((seeds) => seeds.check(key)).pipe(Effect.provide(store))

const modeOf = (path: string): number => statSync(path).mode & 0o777

/** Every folder under a path, itself included. */
const foldersOf = (path: string): ReadonlyArray<string> => [
  path,
  ...readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
]

describe("check", () => {
  it.effect("reports generation and masked identity of a finished seed", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      writeSeed(pathsIn(folder).seed, 7)
      const status = yield* check(folder)
      assert.deepStrictEqual([status.generation, status.identity, status.directory], [
        7,
        "j***@example.com",
        pathsIn(folder).seed
      ])
    }))

  it.effect("names the command that makes a missing seed, for each account", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const missing = yield* Effect.flip(check(folder))
      assert.deepStrictEqual([missing.code, missing.nextStep], ["seed_missing", "run 'oracle auth chatgpt'"])
      const second = yield* Effect.flip(check(folder, keyOf(config, "work")))
      assert.strictEqual(second.nextStep, "run 'oracle auth chatgpt --account work'")
    }))

  it.effect("refuses a seed that was made for another account", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      writeSeed(join(pathsIn(folder).siteDir, "work"), 1)
      const error = yield* Effect.flip(check(folder, keyOf(config, "work")))
      assert.deepStrictEqual([error.code, error.message.includes("for another account")], ["seed_invalid", true])
    }))

  it.effect("refuses profiles kept at / or at home itself, be they seeds or clones", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      writeSeed(pathsIn(folder).seed, 1)
      const { home } = yield* Surroundings
      for (const place of ["/", home]) {
        for (const browser of [{ seedProfilesDir: place }, { runtimeProfilesDir: place }]) {
          const error = yield* Effect.flip(check(folder, keyOf(withBrowser(browser))))
          assert.deepStrictEqual([error.code, error.message.startsWith(`${place} is the `)], ["profile_unsafe", true])
        }
      }
    }))

  it.effect("refuses a seed without a marker, with a damaged one, and without cookies", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { seed } = pathsIn(folder)
      writeSeed(seed, 1)
      writeFileSync(join(seed, "seed.json"), "{\"version\":1}")
      assert.include((yield* Effect.flip(check(folder))).message, "seed.json is damaged")
      rmSync(join(seed, "seed.json"))
      assert.include((yield* Effect.flip(check(folder))).message, "seed.json is absent")
      writeSeed(seed, 1)
      rmSync(join(profileOf(seed), "Default", "Cookies"))
      const error = yield* Effect.flip(check(folder))
      assert.deepStrictEqual([error.code, error.message.includes("no cookies")], ["seed_invalid", true])
    }))

  it.effect("refuses a seed that is a link, a file or inside the data of a browser", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { seed, siteDir } = pathsIn(folder)
      writeSeed(join(folder, "elsewhere"), 1)
      mkdirSync(siteDir, { recursive: true })
      symlinkSync(join(folder, "elsewhere"), seed)
      const linked = yield* Effect.flip(check(folder))
      assert.deepStrictEqual([linked.code, linked.message], ["profile_unsafe", `${seed} is a symbolic link`])
      rmSync(seed)
      writeFileSync(seed, "")
      assert.strictEqual((yield* Effect.flip(check(folder))).code, "profile_unsafe")
      const inChrome = withBrowser({ seedProfilesDir: join(folder, "home", ".config", "google-chrome", "seeds") })
      const store = storeIn(folder, { platform: "linux", home: join(folder, "home"), env: {} })
      const unsafe = yield* Effect.flip(check(folder, keyOf(inChrome), store))
      assert.deepStrictEqual([unsafe.code, unsafe.message.includes("data of a browser")], ["profile_unsafe", true])
    }))

  it.effect("repairs a swap that was cut off between its two renames", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const paths = pathsIn(folder)
      writeSeed(paths.seed, 1)
      writeSeed(paths.staging, 2)
      renameSync(paths.seed, paths.previous)
      assert.strictEqual((yield* check(folder)).generation, 2)
      assert.isFalse(existsSync(paths.staging))
    }))
})

describe("clone", () => {
  it.effect("tells the one who closes it when it could not be removed", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      writeSeed(pathsIn(folder).seed, 3)
      const directory = join(dirsBelow(folder).runtimes(config), "runtime-1")
      const exit = yield* Effect.gen(function*() {
        yield* (yield* SeedProfiles).clone(keyOf(), "runtime-1")
        renameSync(directory, `${directory}-moved`)
        symlinkSync(`${directory}-moved`, directory)
      }).pipe(Effect.scoped, Effect.provide(storeIn(folder)), Effect.exit)
      assert.isTrue(Exit.isFailure(exit) && Cause.pretty(exit.cause).includes("is a symbolic link"))
    }))

  it.effect("gives a private copy of what signs in, and removes it with the scope", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      writeSeed(pathsIn(folder).seed, 3)
      const root = dirsBelow(folder).runtimes(config)
      const id = "0a1b2c3d-0000-4000-8000-000000000001"
      yield* Effect.gen(function*() {
        const seeds = yield* SeedProfiles
        const runtime = yield* seeds.clone(keyOf(), id)
        assert.deepStrictEqual([runtime.id, runtime.seedGeneration], [id, 3])
        assert.strictEqual(runtime.profileDir, join(root, id, "profile"))
        assert.strictEqual(readFileSync(join(runtime.profileDir, "Default/Cookies"), "utf8"), "cookies of generation 3")
        for (const absent of ["Default/Cache", "Default/History", "SingletonCookie", "seed.json", "Crashpad"]) {
          assert.isFalse(existsSync(join(runtime.profileDir, absent)), absent)
        }
        assert.deepStrictEqual(foldersOf(join(root, id)).filter((path) => modeOf(path) !== 0o700), [])
        assert.deepStrictEqual(yield* seeds.runtimes(config), [id])
      }).pipe(Effect.scoped, Effect.provide(storeIn(folder)))
      assert.deepStrictEqual(readdirSync(root), [])
    }))

  it.effect("copies nothing through links and leaves special files out", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const profile = profileOf(pathsIn(folder).seed)
      writeSeed(pathsIn(folder).seed, 1)
      writeFileSync(join(folder, "secret"), "secret")
      symlinkSync(join(folder, "secret"), join(profile, "Default/Local Storage/leveldb/link"))
      symlinkSync(folder, join(profile, "Default/IndexedDB/folder"))
      yield* Effect.gen(function*() {
        const seeds = yield* SeedProfiles
        const { profileDir } = yield* seeds.clone(keyOf(withBrowser({ cloneStrategy: "full" })), "r")
        assert.isFalse(existsSync(join(profileDir, "Default/Local Storage/leveldb/link")))
        assert.isFalse(existsSync(join(profileDir, "Default/IndexedDB/folder")))
        assert.isTrue(existsSync(join(profileDir, "Default/History")))
      }).pipe(Effect.scoped, Effect.provide(storeIn(folder)))
    }))

  it.effect("leaves nothing when it fails half way", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      writeSeed(pathsIn(folder).seed, 1)
      const root = dirsBelow(folder).runtimes(config)
      mkdirSync(join(root, "taken"), { recursive: true })
      yield* Effect.gen(function*() {
        const seeds = yield* SeedProfiles
        const taken = yield* Effect.flip(Effect.scoped(seeds.clone(keyOf(), "taken")))
        assert.include(taken.message, "exists already")
        rmSync(join(profileOf(pathsIn(folder).seed), "Default", "Cookies"))
        assert.strictEqual((yield* Effect.flip(Effect.scoped(seeds.clone(keyOf(), "other")))).code, "seed_invalid")
      }).pipe(Effect.provide(storeIn(folder)))
      assert.deepStrictEqual(readdirSync(root), ["taken"])
    }))

  it.effect("refuses a seed that is open in a browser", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const profile = profileOf(pathsIn(folder).seed)
      writeSeed(pathsIn(folder).seed, 1)
      symlinkSync("host-4711", join(profile, "SingletonLock"))
      const cloned = (processes: ReturnType<typeof browsersOn>) =>
        SeedProfiles.use((seeds) => Effect.scoped(seeds.clone(keyOf(), "r"))).pipe(
          Effect.provide(storeIn(folder, {}, processes))
        )
      assert.strictEqual((yield* Effect.flip(cloned(browsersOn(profile)))).code, "seed_busy")
      yield* cloned(browsersOn("/another/profile"))
    }))

  it.live("waits while the seed is being replaced", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const paths = pathsIn(folder)
      writeSeed(paths.seed, 1)
      const swapping = FileLock.acquire({
        file: paths.lock,
        mode: "exclusive",
        waitMs: 0,
        busy: () => oracleError("seed_busy", "taken")
      }).pipe(
        Effect.andThen(Effect.sleep("100 millis")),
        Effect.andThen(Effect.sync(() => writeSeed(paths.seed, 2))),
        Effect.scoped
      )
      yield* Effect.forkChild(swapping, { startImmediately: true })
      const runtime = yield* SeedProfiles.use((seeds) => seeds.clone(keyOf(), "r")).pipe(
        Effect.provide(storeIn(folder))
      )
      assert.strictEqual(runtime.seedGeneration, 2)
    }))
})

describe("runtimes", () => {
  it.effect("are only folders that a worker made, whatever else lies in the configured folder", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const root = dirsBelow(folder).runtimes(config)
      const [whole, empty, foreign] = [0, 1, 2].map((n) => `0a1b2c3d-0000-4000-8000-00000000000${n}`)
      for (const path of [`${whole}/profile`, `${empty}`, `${foreign}/disks`, "projects/src", "Documents"]) {
        mkdirSync(join(root, path), { recursive: true, mode: 0o700 })
      }
      const listed = yield* SeedProfiles.use((seeds) => seeds.runtimes(config)).pipe(Effect.provide(storeIn(folder)))
      assert.sameMembers([...listed], [whole, empty])
    }))
})

describe("removeRuntime", () => {
  const remove = (folder: string, id: string) =>
    SeedProfiles.use((seeds) => seeds.removeRuntime(config, id)).pipe(Effect.provide(storeIn(folder)))

  it.effect("removes the runtime of an id, and is content when there is none", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const root = dirsBelow(folder).runtimes(config)
      mkdirSync(join(root, "old", "profile"), { recursive: true })
      yield* remove(folder, "old")
      yield* remove(folder, "old")
      assert.deepStrictEqual(readdirSync(root), [])
    }))

  it.effect("refuses an id that leads elsewhere", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      mkdirSync(join(dirsBelow(folder).runtimes(config)), { recursive: true })
      for (const id of ["..", ".", "", "../seeds", "a/b", "a\\b", "-rf", "a\u0000b"]) {
        assert.strictEqual((yield* Effect.flip(remove(folder, id))).code, "internal_error", id)
      }
    }))

  it.effect("does not follow a link in the place of a runtime", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const root = dirsBelow(folder).runtimes(config)
      mkdirSync(join(folder, "precious"), { recursive: true })
      writeFileSync(join(folder, "precious", "file"), "")
      mkdirSync(root, { recursive: true })
      symlinkSync(join(folder, "precious"), join(root, "link"))
      assert.strictEqual((yield* Effect.flip(remove(folder, "link"))).code, "profile_unsafe")
      mkdirSync(join(root, "real"))
      symlinkSync(join(folder, "precious"), join(root, "real", "link"))
      yield* remove(folder, "real")
      assert.isTrue(existsSync(join(folder, "precious", "file")))
    }))
})
