// @effect-diagnostics nodeBuiltinImport:off
/** StateDirs from the environment, with the state directory made and found safe (PRODUCT, section 2). */
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { homedir } from "node:os"
import { isAbsolute, join, resolve } from "node:path"
import type { JobId } from "../domain/Ids.ts"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { type JobPaths, StateDirs } from "../store/StateDirs.ts"
import { makeSafe } from "./StateSafety.ts"

/**
 * Values of the variables that choose directories; an empty or missing one is absent. They are read from the provider
 * itself: through `Config` it takes twice as long, at each start.
 */
const variables = Effect.gen(function*() {
  const provider = yield* ConfigProvider.ConfigProvider
  const valueOf = (name: string) =>
    Effect.map(provider.load([name]), (node) => {
      const value = node?._tag === "Array" ? undefined : node?.value
      return value === "" ? undefined : value
    })
  return yield* Effect.all({
    state: valueOf("ORACLE_STATE_DIR"),
    jobs: valueOf("ORACLE_JOBS_DIR"),
    piJobs: valueOf("PI_ORACLE_JOBS_DIR"),
    config: valueOf("ORACLE_CONFIG"),
    xdgState: valueOf("XDG_STATE_HOME"),
    xdgConfig: valueOf("XDG_CONFIG_HOME"),
    xdgCache: valueOf("XDG_CACHE_HOME"),
    localAppData: valueOf("LOCALAPPDATA"),
    appData: valueOf("APPDATA"),
    home: valueOf("HOME")
  })
})

type Variables = Effect.Success<typeof variables>

/** The paths alone: nothing is made or checked. For commands that only need to know where things would be. */
export const layerPaths: Layer.Layer<StateDirs, OracleError> = Layer.effect(
  StateDirs,
  Effect.map(variables, (found) => dirsOf(found, process.platform)).pipe(
    Effect.mapError((cause) => oracleError("state_unsafe", "the environment cannot be read", { cause }))
  )
)

/**
 * The paths, with the state and jobs directories made (0700). Fails as `state_unsafe` for a directory that is a symlink,
 * another user's, writable by others or on a network file system, and as `state_unwritable` where it cannot be written.
 */
export const layer: Layer.Layer<StateDirs, OracleError> = Layer.effect(
  StateDirs,
  StateDirs.use((dirs) => Effect.as(Effect.forEach([dirs.state, dirs.jobs], makeSafe), dirs))
).pipe(Layer.provide(layerPaths))

/** Pure: every path for these variables on this platform. */
export const dirsOf = (found: Variables, platform: NodeJS.Platform): StateDirs["Service"] => {
  const home = found.home ?? homedir()
  const xdg = (value: string | undefined, ...fallback: ReadonlyArray<string>) =>
    join(value !== undefined && isAbsolute(value) ? value : join(home, ...fallback), "oracle")
  const base = platformDirs(platform, home, found, xdg)
  const state = found.state === undefined ? base.state : resolve(found.state)
  const chosenJobs = found.jobs ?? found.piJobs
  const jobs = chosenJobs === undefined ? join(state, "jobs") : resolve(chosenJobs)
  return StateDirs.of({
    state,
    jobs,
    cache: base.cache,
    globalConfigFile: found.config === undefined ? join(base.config, "config.json") : resolve(found.config),
    database: join(state, "oracle.db"),
    hostLock: join(state, "host-lock.db"),
    hostLog: join(state, "host.log"),
    seeds: (config) => expand(config.browser.seedProfilesDir, home) ?? join(state, "seeds"),
    runtimes: (config) => expand(config.browser.runtimeProfilesDir, home) ?? join(state, "runtimes"),
    job: (id) => jobPaths(join(jobs, `oracle-${id}`), id)
  })
}

const platformDirs = (
  platform: NodeJS.Platform,
  home: string,
  found: Variables,
  xdg: (value: string | undefined, ...fallback: ReadonlyArray<string>) => string
): { readonly state: string; readonly config: string; readonly cache: string } => {
  if (platform === "darwin") {
    return {
      state: join(home, "Library", "Application Support", "oracle"),
      config: xdg(found.xdgConfig, ".config"),
      cache: join(home, "Library", "Caches", "oracle")
    }
  }
  if (platform === "win32") {
    const local = join(found.localAppData ?? join(home, "AppData", "Local"), "oracle")
    const roaming = join(found.appData ?? join(home, "AppData", "Roaming"), "oracle")
    return { state: local, config: roaming, cache: join(local, "cache") }
  }
  return {
    state: xdg(found.xdgState, ".local", "state"),
    config: xdg(found.xdgConfig, ".config"),
    cache: xdg(found.xdgCache, ".cache")
  }
}

const jobPaths = (directory: string, id: JobId): JobPaths => ({
  directory,
  record: join(directory, "job.json"),
  prompt: join(directory, "prompt.md"),
  manifest: join(directory, "manifest.json"),
  responseMarkdown: join(directory, "response.md"),
  responseText: join(directory, "response.txt"),
  responseAlternative: join(directory, "response.alt.md"),
  responsePartial: join(directory, "response.partial.md"),
  artifactManifest: join(directory, "artifacts.json"),
  artifacts: join(directory, "artifacts"),
  attachments: join(directory, "attachments"),
  workerLog: join(directory, "logs", "worker.log"),
  eventLog: join(directory, "logs", "events.ndjson"),
  diagnostics: join(directory, "diagnostics"),
  archive: (format) => join(directory, `context-${id}.${format}`)
})

const expand = (path: string | undefined, home: string): string | undefined =>
  path === undefined ? undefined : resolve(path.startsWith("~/") ? join(home, path.slice(2)) : path)
