/** A seed on disk that looks like a used profile, without any browser. */
import { Surroundings } from "@effect-oracle/browser/locate/Surroundings"
import { type SeedMarker, writeMarker } from "@effect-oracle/browser/profile/SeedMarker"
import { profileOf, type SeedPaths, seedPaths } from "@effect-oracle/browser/profile/SeedPaths"
import { layer as seedProfiles } from "@effect-oracle/browser/profile/SeedProfileStore"
import type { OracleConfig } from "@effect-oracle/core/config/OracleConfig"
import { AccountName } from "@effect-oracle/core/domain/Ids"
import { Processes } from "@effect-oracle/core/port/Processes"
import type { SeedKey } from "@effect-oracle/core/port/SeedProfiles"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import { DateTime, Effect, Layer } from "effect"
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { config, dirsBelow } from "../launch/workspace.ts"

const self = { pid: process.pid, startTime: "1", bootId: "boot", nonce: null }

/** Processes on a machine where browsers run on exactly these profiles. */
export const browsersOn = (...profiles: ReadonlyArray<string>) =>
  Layer.succeed(Processes, {
    self,
    identify: () => Effect.succeed(null),
    alive: () => Effect.succeed(false),
    end: () => Effect.void,
    browsersOn: (profileDir) => Effect.succeed(profiles.includes(profileDir) ? [self] : [])
  })

export const keyOf = (configuration: OracleConfig = config, account = "default"): SeedKey => ({
  site: "chatgpt",
  account: AccountName.make(account),
  config: configuration
})

export const pathsIn = (folder: string): SeedPaths =>
  seedPaths(join(folder, "state", "seeds"), "chatgpt", keyOf().account)

export const marker = (generation: number): SeedMarker => ({
  version: 1,
  site: "chatgpt",
  account: keyOf().account,
  generation,
  revision: 0,
  createdAt: DateTime.makeUnsafe("2026-01-02T03:04:05Z"),
  identity: "j***@example.com",
  baseUrl: "https://chatgpt.com/",
  browser: "headless_shell"
})

export const write = (root: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true, mode: 0o700 })
    writeFileSync(join(root, path), text, { mode: 0o600 })
  }
}

/** What a browser leaves in its profile, as far as a clone cares. */
export const usedProfile = {
  "Local State": "local state",
  "SingletonCookie": "no",
  "DevToolsActivePort": "no",
  "lockfile": "no",
  "oracle-cookies.json": "[]",
  "Crashpad/settings.dat": "no",
  "Safe Browsing/store": "no",
  "Default/Preferences": "{}",
  "Default/Cookies": "cookies",
  "Default/Cookies-journal": "",
  "Default/Local Storage/leveldb/000003.log": "local storage",
  "Default/IndexedDB/https_chatgpt.com_0.indexeddb.leveldb/000003.log": "indexed",
  "Default/Service Worker/ScriptCache/index": "script",
  "Default/Service Worker/Other/index": "no",
  "Default/Cache/Cache_Data/f_000001": "cached",
  "Default/Code Cache/js/index": "code",
  "Default/GPUCache/data_0": "gpu",
  "Default/History": "history",
  "Default/Login Data": "logins"
}

/** Writes a finished seed folder; its generation tells it from others. */
export const writeSeed = (directory: string, generation: number): void => {
  write(profileOf(directory), { ...usedProfile, "Default/Cookies": `cookies of generation ${generation}` })
  writeMarker(directory, marker(generation))
}

/** The store on a state directory inside `folder`. */
export const storeIn = (folder: string, machine?: Partial<Surroundings>, processes = browsersOn()) =>
  seedProfiles.pipe(
    Layer.provide(Layer.succeed(StateDirs, StateDirs.of(dirsBelow(folder)))),
    Layer.provide(processes),
    Layer.provide(
      Layer.effect(Surroundings, Effect.map(Effect.service(Surroundings), (real) => ({ ...real, ...machine })))
    )
  )
