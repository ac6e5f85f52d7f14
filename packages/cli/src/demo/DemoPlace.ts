/**
 * Where a demo lives: a state directory of its own that is removed at the end, and a folder for its results that stays.
 * The environment of this process points there, so that the host it starts is of the same world.
 */
// @effect-diagnostics nodeBuiltinImport:off processEnv:off
import { oracleError } from "@effect-oracle/core/error/OracleError"
import { StateDirs } from "@effect-oracle/core/store/StateDirs"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"

export interface DemoPlace {
  readonly state: string
  readonly results: string
  /** Writes the configuration of the demo and makes it the one that applies. */
  readonly configure: (config: unknown) => void
}

const keptMs = 7 * 86_400_000
const ownNames = /^(state-|oracle-)/

/** The place of one demo. Closing the scope removes its state directory. */
export const demoPlace = Effect.gen(function*() {
  const { cache } = yield* StateDirs
  const now = yield* Clock.currentTimeMillis
  return yield* Effect.acquireRelease(
    Effect.try({
      try: () => makePlace(join(cache, "demo"), now),
      catch: () =>
        oracleError("state_unwritable", `${cache} cannot be written`, {
          step: "set XDG_CACHE_HOME to a folder that can"
        })
    }),
    ({ state }) => Effect.sync(() => rmSync(state, { recursive: true, force: true, maxRetries: 5 }))
  )
})

const makePlace = (root: string, now: number): DemoPlace => {
  mkdirSync(root, { recursive: true, mode: 0o700 })
  removeOld(root, now)
  const state = mkdtempSync(join(root, "state-"))
  const configFile = join(state, "config.json")
  for (const name of Object.keys(process.env)) {
    if (/^(PI_)?ORACLE_/.test(name) && name !== "ORACLE_BROWSER" && name !== "ORACLE_CHANNEL") delete process.env[name]
  }
  process.env["ORACLE_STATE_DIR"] = state
  process.env["ORACLE_JOBS_DIR"] = root
  process.env["ORACLE_CONFIG"] = configFile
  return {
    state,
    results: root,
    configure: (config) => writeFileSync(configFile, JSON.stringify(config, null, 2), { mode: 0o600 })
  }
}

/** What demos of last week left, and nothing that is not theirs. */
const removeOld = (root: string, now: number): void => {
  for (const name of readdirSync(root)) {
    const path = join(root, name)
    if (ownNames.test(name) && now - statSync(path).mtimeMs > keptMs) {
      rmSync(path, { recursive: true, force: true })
    }
  }
}

export const isGone = (path: string): boolean => !existsSync(path)
