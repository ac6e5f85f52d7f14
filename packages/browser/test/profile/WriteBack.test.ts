import { type CookieJar, type JarCookie, observed } from "@effect-oracle/browser/profile/CookieJar"
import * as FileLock from "@effect-oracle/browser/profile/FileLock"
import { readJar, writeJar } from "@effect-oracle/browser/profile/JarFile"
import { fingerprintOf, writeCookies, writeOrigin } from "@effect-oracle/browser/profile/RuntimeCookies"
import { readMarker, writeMarker } from "@effect-oracle/browser/profile/SeedMarker"
import { profileOf } from "@effect-oracle/browser/profile/SeedPaths"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { existsSync, mkdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { dirsBelow, temporaryFolder } from "../launch/workspace.ts"
import { keyOf, marker, pathsIn, storeIn, writeSeed } from "./seedFolder.ts"

const token = "__Secure-next-auth.session-token"
const expires = 2_000_000_000

const cookie = (value: string): JarCookie => ({
  name: token,
  value,
  domain: ".chatgpt.com",
  path: "/",
  expires,
  httpOnly: true,
  secure: true
})

const jane = fingerprintOf("jane@example.com")

const first = observed([], [cookie("token-1")], 1000)

/** A state directory whose seed has one session token of Jane's. */
const seeded = Effect.gen(function*() {
  const folder = yield* temporaryFolder
  const paths = pathsIn(folder)
  writeSeed(paths.previous, 1)
  writeSeed(paths.seed, 2)
  writeMarker(paths.seed, { ...marker(2), fingerprint: jane })
  writeJar(profileOf(paths.seed), first)
  return { folder, paths }
})

interface Ending {
  readonly signedIn?: boolean
  readonly identity?: string | null
  readonly jar: CookieJar
}

/** A runtime that ends with these cookies; `before` happens while it runs. */
const ending = (folder: string, end: Ending, before: Effect.Effect<void> = Effect.void) =>
  Effect.scoped(Effect.gen(function*() {
    const runtime = yield* (yield* SeedProfiles).clone(keyOf(), "runtime-1")
    writeCookies(dirname(runtime.profileDir), { signedIn: true, identity: jane, ...end })
    yield* before
  })).pipe(Effect.provide(storeIn(folder)))

const status = (folder: string) =>
  SeedProfiles.use((seeds) => seeds.check(keyOf())).pipe(Effect.provide(storeIn(folder)))

const rotated = observed(first, [cookie("token-2")], 2000)

describe("cookies that a site rotated in a runtime", () => {
  it.effect("go back to the seed as a new revision, with its expiry, and the previous sign-in stays", () =>
    Effect.gen(function*() {
      const { folder, paths } = yield* seeded
      yield* ending(folder, { jar: rotated })
      const { generation, revision, sessionExpiresAt } = yield* status(folder)
      assert.deepStrictEqual([generation, revision], [2, 1])
      assert.strictEqual(sessionExpiresAt && DateTime.toEpochMillis(sessionExpiresAt), expires * 1000)
      assert.strictEqual(readJar(profileOf(paths.seed))[0]?.cookie?.value, "token-2")
      const previous = readMarker(paths.previous)
      assert.strictEqual(typeof previous === "string" ? previous : previous.generation, 1)
      assert.isFalse(existsSync(paths.merging) || existsSync(paths.discarded))
    }))

  it.effect("do not go back when nothing changed, when the login was lost, or when another account is signed in", () =>
    Effect.gen(function*() {
      const { folder, paths } = yield* seeded
      yield* ending(folder, { jar: first })
      yield* ending(folder, { jar: rotated, signedIn: false })
      yield* ending(folder, { jar: rotated, identity: fingerprintOf("john@example.com") })
      yield* ending(folder, { jar: rotated, identity: null })
      assert.strictEqual((yield* status(folder)).revision, 0)
      assert.deepStrictEqual(readJar(profileOf(paths.seed)), first)
    }))

  it.effect("do not go into a seed that was made anew meanwhile", () =>
    Effect.gen(function*() {
      const { folder, paths } = yield* seeded
      const again = Effect.sync(() => writeMarker(paths.seed, { ...marker(3), fingerprint: jane }))
      yield* ending(folder, { jar: rotated }, again)
      assert.deepStrictEqual(readJar(profileOf(paths.seed)), first)
      assert.strictEqual((yield* status(folder)).revision, 0)
    }))

  it.effect("merge when two runtimes end, whatever their order", () =>
    Effect.gen(function*() {
      const { folder, paths } = yield* seeded
      const later = observed(first, [cookie("token-3")], 3000)
      yield* ending(folder, { jar: later })
      yield* ending(folder, { jar: rotated })
      assert.strictEqual(readJar(profileOf(paths.seed))[0]?.cookie?.value, "token-3")
      assert.strictEqual((yield* status(folder)).revision, 1)
    }))

  it.effect("are saved from a runtime that a crash left, when it is removed", () =>
    Effect.gen(function*() {
      const { folder, paths } = yield* seeded
      const config = keyOf().config
      yield* Effect.gen(function*() {
        const directory = join(dirsBelow(folder).runtimes(config), "runtime-9")
        mkdirSync(directory, { recursive: true, mode: 0o700 })
        writeOrigin(directory, { site: "chatgpt", account: keyOf().account, generation: 2 })
        writeCookies(directory, { signedIn: true, identity: jane, jar: rotated })
        yield* (yield* SeedProfiles).removeRuntime(config, "runtime-9")
        assert.isFalse(existsSync(directory))
      }).pipe(Effect.provide(storeIn(folder)))
      assert.strictEqual(readJar(profileOf(paths.seed))[0]?.cookie?.value, "token-2")
    }))

  it.live("go back while somebody prepares a new sign-in", () =>
    Effect.gen(function*() {
      const { folder, paths } = yield* seeded
      yield* FileLock.acquire({
        file: paths.stagingLock,
        mode: "exclusive",
        waitMs: 0,
        busy: () => oracleError("seed_busy", "held")
      })
      yield* ending(folder, { jar: rotated })
      assert.strictEqual((yield* status(folder)).revision, 1)
    }))
})
