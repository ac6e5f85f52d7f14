import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import * as JarFile from "@effect-oracle/browser/profile/JarFile"
import { writeMarker } from "@effect-oracle/browser/profile/SeedMarker"
import { profileOf } from "@effect-oracle/browser/profile/SeedPaths"
import { layer as seedProfiles } from "@effect-oracle/browser/profile/SeedProfileStore"
import { resolveSite } from "@effect-oracle/browser/site/Sites"
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { mkdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { memberSite } from "../launch/memberSite.ts"
import { browserLayer, config, temporaryFolder } from "../launch/workspace.ts"
import { keyOf, marker, pathsIn } from "./seedFolder.ts"

const layerIn = (folder: string) => seedProfiles.pipe(Layer.provideMerge(browserLayer(folder)))

const kept = "window.kept()"

/** A seed made by a real browser that joined the site and kept something in every store. */
const useSeed = (folder: string, url: string) =>
  Effect.gen(function*() {
    const { seed } = pathsIn(folder)
    const profileDir = profileOf(seed)
    const tempDir = join(folder, "tmp")
    for (const path of [profileDir, tempDir]) mkdirSync(path, { recursive: true, mode: 0o700 })
    const launcher = yield* BrowserLauncher
    yield* Effect.scoped(Effect.gen(function*() {
      const { context, page } = yield* launcher.launch({ profileDir, tempDir, config, onBrowser: () => Effect.void })
      yield* Effect.promise(() => page.goto(`${url}join`))
      yield* Effect.promise(() => page.evaluate("window.keep('value')"))
      const moved = { ...config, sites: { ...config.sites, chatgpt: { baseUrl: url } } }
      yield* JarFile.observe(context, profileDir, yield* Effect.fromResult(resolveSite("chatgpt", moved)))
    }))
    writeMarker(seed, marker(1))
    return profileDir
  })

const cloned = (wanted: OracleConfig, url: string) =>
  Effect.gen(function*() {
    const seeds = yield* SeedProfiles
    const launcher = yield* BrowserLauncher
    const runtime = yield* seeds.clone(keyOf(wanted), `clone-${wanted.browser.cloneStrategy}`)
    const { context, page } = yield* launcher.launch({ ...runtime, config: wanted, onBrowser: () => Effect.void })
    yield* Effect.promise(() => page.goto(url))
    const stored = yield* Effect.promise(() => page.evaluate<ReadonlyArray<string | null>>(kept))
    const cookies = yield* Effect.promise(() => context.cookies())
    return { stored, cookies: cookies.map(({ name }) => name).toSorted(), pages: context.pages().length }
  }).pipe(Effect.scoped)

describe("a clone", () => {
  for (const cloneStrategy of ["slim", "warm", "full"] as const) {
    it.live(`has cookies, session cookies, local storage and IndexedDB of its seed (${cloneStrategy})`, () =>
      Effect.gen(function*() {
        const folder = yield* temporaryFolder
        const site = yield* memberSite
        const wanted = { ...config, browser: { ...config.browser, cloneStrategy } }
        yield* Effect.gen(function*() {
          const profileDir = yield* useSeed(folder, site.url)
          assert.strictEqual(statSync(join(profileDir, JarFile.jarFile)).mode & 0o777, 0o600)
          assert.deepStrictEqual(yield* cloned(wanted, site.url), {
            stored: ["value", "value"],
            cookies: ["__Host-kept", "__Secure-visit", "member"],
            pages: 1
          })
        }).pipe(Effect.provide(layerIn(folder)))
      }))
  }
})
