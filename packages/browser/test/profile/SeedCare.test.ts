import { observed } from "@effect-oracle/browser/profile/CookieJar"
import { writeJar } from "@effect-oracle/browser/profile/JarFile"
import { SeedCare } from "@effect-oracle/browser/profile/SeedCare"
import { profileOf } from "@effect-oracle/browser/profile/SeedPaths"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { config, dirsBelow, temporaryFolder } from "../launch/workspace.ts"
import { keyOf, pathsIn, storeIn, writeSeed } from "./seedFolder.ts"

const careIn = (folder: string) =>
  SeedCare.layer.pipe(
    Layer.provide(storeIn(folder)),
    Layer.provide(Layer.succeed(StateDirs, StateDirs.of(dirsBelow(folder))))
  )

const shared = { domain: ".chatgpt.com", path: "/", httpOnly: true, secure: true } as const

describe("SeedCare", () => {
  it.effect("lists every seed, also one that cannot be used", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { previous, seed } = pathsIn(folder)
      writeSeed(seed, 2)
      writeSeed(previous, 1)
      writeSeed(join(seed, "../work"), 1)
      const reports = yield* SeedCare.use((care) => care.list(config)).pipe(Effect.provide(careIn(folder)))
      assert.deepStrictEqual(
        reports.map(({ account, hasPrevious, seed }) => [account, seed._tag, hasPrevious]),
        [["default", "Success", true], ["work", "Failure", false]]
      )
    }))

  it.effect("goes back to the sign-in before, and forth again", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { previous, seed } = pathsIn(folder)
      writeSeed(seed, 2)
      writeSeed(previous, 1)
      const rollback = SeedCare.use((care) => care.rollback(keyOf())).pipe(Effect.provide(careIn(folder)))
      assert.deepStrictEqual([(yield* rollback).generation, (yield* rollback).generation], [1, 2])
      rmSync(previous, { recursive: true })
      assert.strictEqual((yield* Effect.flip(rollback)).code, "no_previous_seed")
      assert.include(readFileSync(join(profileOf(seed), "Default/Cookies"), "utf8"), "generation 2")
    }))

  it.effect("exports what still counts as a storage state that only we can read, and overwrites nothing", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const { seed } = pathsIn(folder)
      writeSeed(seed, 1)
      const cookies = [
        { ...shared, name: "__Secure-next-auth.session-token", value: "v", expires: 4_000_000_000 },
        { ...shared, name: "_account", value: "personal", expires: -1, sameSite: "Lax" as const },
        { ...shared, name: "cf_clearance", value: "old", expires: -86_400 }
      ]
      writeJar(profileOf(seed), observed([], cookies, 0))
      const file = join(folder, "state.json")
      const exported = SeedCare.use((care) => care.exportState(keyOf(), file)).pipe(Effect.provide(careIn(folder)))
      assert.strictEqual(yield* exported, 2)
      assert.strictEqual(statSync(file).mode & 0o777, 0o600)
      assert.deepStrictEqual(JSON.parse(readFileSync(file, "utf8")), {
        cookies: [{ ...cookies[0], sameSite: "Lax" }, cookies[1]],
        origins: []
      })
      writeFileSync(file, "mine")
      assert.strictEqual((yield* Effect.flip(exported)).code, "usage_error")
      assert.strictEqual(readFileSync(file, "utf8"), "mine")
    }))
})
