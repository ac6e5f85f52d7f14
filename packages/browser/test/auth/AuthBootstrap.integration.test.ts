import { AuthBootstrap } from "@effect-oracle/browser/auth/AuthBootstrap"
import { BrowserLauncher } from "@effect-oracle/browser/launch/Launch"
import { seedPaths } from "@effect-oracle/browser/profile/SeedPaths"
import { layer as seedProfiles } from "@effect-oracle/browser/profile/SeedProfileStore"
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { AccountName } from "@effect-oracle/core/domain/Ids"
import { SeedProfiles } from "@effect-oracle/core/port/SeedProfiles"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { membership, type MemberSite, memberSite } from "../launch/memberSite.ts"
import { mentioning } from "../launch/processTable.ts"
import { privateTempFolder } from "../launch/tempFolder.ts"
import { browserLayer, config, dirsBelow, temporaryFolder } from "../launch/workspace.ts"
import { memberBrowser } from "./memberBrowser.ts"

const account = AccountName.make("default")

const configFor = (site: MemberSite): OracleConfig => ({
  ...config,
  auth: { ...config.auth, pollMs: 20 },
  sites: { ...config.sites, chatgpt: { baseUrl: site.url } }
})

const layerIn = (folder: string) =>
  AuthBootstrap.layerNoDeps.pipe(
    Layer.provide(memberBrowser),
    Layer.merge(seedProfiles),
    Layer.provideMerge(browserLayer(folder))
  )

const soon = () => Math.floor(Date.now() / 1000) + 3600

const member = (more: object = {}) => ({ ...membership, domain: "127.0.0.1", path: "/", expires: soon(), ...more })

const bootstrap = (folder: string, site: MemberSite, state: unknown) =>
  Effect.gen(function*() {
    const file = join(folder, "state.json")
    writeFileSync(file, JSON.stringify(state))
    const auth = yield* AuthBootstrap
    return yield* auth.fromStateFile({ site: "chatgpt", account, config: configFor(site), file })
  }).pipe(Effect.provide(layerIn(folder)))

const seedIn = (folder: string) => seedPaths(dirsBelow(folder).seeds(config), "chatgpt", account)

const contentOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n")

describe("fromStateFile", () => {
  it.live("makes a seed whose clones are signed in and have the site's local storage", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const site = yield* memberSite
      const origin = new URL(site.url).origin
      const left = yield* privateTempFolder(folder)
      const origins = [
        { origin, localStorage: [{ name: "theme", value: "dark" }] },
        { origin: "http://127.0.0.1:9", localStorage: [{ name: "foreign", value: "foreign-value" }] }
      ]
      const foreign = { ...member(), name: "foreign", value: "foreign-value", domain: "foreign.example" }
      const status = yield* bootstrap(folder, site, { cookies: [member(), foreign], origins })
      assert.deepStrictEqual([status.generation, status.identity], [1, "j***@example.com"])
      assert.strictEqual(statSync(status.directory).mode & 0o777, 0o700)
      assert.notInclude(contentOf(status.directory), "foreign-value")
      const seen = yield* Effect.gen(function*() {
        const seeds = yield* SeedProfiles
        const launcher = yield* BrowserLauncher
        const runtime = yield* seeds.clone({ site: "chatgpt", account, config: configFor(site) }, "runtime-1")
        const { page } = yield* launcher.launch({ ...runtime, config: configFor(site), onBrowser: () => Effect.void })
        yield* Effect.promise(() => page.goto(site.url))
        return yield* Effect.promise(() =>
          page.evaluate(async () => [localStorage.getItem("theme"), await (await fetch("/me")).text()])
        )
      }).pipe(Effect.scoped, Effect.provide(layerIn(folder)))
      assert.deepStrictEqual(seen, ["dark", "{\"email\":\"jane@example.com\"}"])
      assert.deepStrictEqual(readdirSync(dirsBelow(folder).runtimes(config)), [])
      assert.deepStrictEqual(mentioning(folder), [])
      assert.deepStrictEqual(left(), [])
    }))

  it.live("takes a plain array with a session cookie, and keeps the replaced seed as the previous one", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const site = yield* memberSite
      yield* bootstrap(folder, site, [member()])
      const status = yield* bootstrap(folder, site, [{ ...membership, domain: "127.0.0.1" }])
      assert.strictEqual(status.generation, 2)
      const { previous, seed, staging } = seedIn(folder)
      assert.deepStrictEqual([existsSync(seed), existsSync(previous), existsSync(staging)], [true, true, false])
      assert.strictEqual(site.answers.at(-1), "jane@example.com")
    }))

  it.live("refuses cookies that the site does not know, names no value, and leaves the seed in use alone", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const site = yield* memberSite
      yield* bootstrap(folder, site, [member()])
      const error = yield* Effect.flip(bootstrap(folder, site, [member({ value: "stale-secret-value" })]))
      assert.strictEqual(error.code, "login_required")
      assert.include(error.message, "state.json do not sign in")
      assert.include(error.nextStep, "--state-file")
      assert.notInclude(JSON.stringify(error), "stale-secret-value")
      const { previous, seed, staging } = seedIn(folder)
      assert.deepStrictEqual([existsSync(seed), existsSync(previous), existsSync(staging)], [true, false, false])
      assert.notInclude(contentOf(seed), "stale-secret-value")
      assert.deepStrictEqual(mentioning(folder), [])
    }))

  it.live("keeps the seed in use when it is killed half way, and works again after that", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const site = yield* memberSite
      yield* bootstrap(folder, site, [member()])
      const { staging } = seedIn(folder)
      const program = join(import.meta.dirname, "bootstrapOnce.ts")
      const child = spawn(process.execPath, ["--conditions=oracle-source", program, folder, site.url], {
        stdio: "ignore"
      })
      const browser = Effect.sync(() => mentioning(`--user-data-dir=${staging}`)[0] ?? 0)
      yield* browser.pipe(Effect.delay("5 millis"), Effect.repeat({ until: (pid) => pid > 0 }))
      child.kill("SIGKILL")
      yield* Effect.promise(() => once(child, "exit"))
      assert.isTrue(existsSync(staging))
      yield* browser.pipe(Effect.delay("10 millis"), Effect.repeat({ until: (pid) => pid === 0 }))
      const key = { site: "chatgpt", account, config: configFor(site) } as const
      const status = yield* SeedProfiles.use((seeds) => seeds.check(key)).pipe(Effect.provide(layerIn(folder)))
      assert.strictEqual(status.generation, 1)
      assert.strictEqual((yield* bootstrap(folder, site, [member()])).generation, 2)
      assert.isFalse(existsSync(staging))
    }))

  it.live("lets one sign-in at a time prepare a profile", () =>
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const site = yield* memberSite
      const both = yield* Effect.all([
        Effect.result(bootstrap(folder, site, [member()])),
        Effect.result(bootstrap(folder, site, [member()]))
      ], { concurrency: 2 })
      const outcomes = both.map((result) => result._tag === "Success" ? "made" : result.failure.code)
      assert.sameMembers(outcomes, ["made", "seed_busy"])
    }))
})
