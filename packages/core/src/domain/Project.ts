/** The project of a directory (PRODUCT, section 2): which folder a job belongs to and packs from. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { ProjectId } from "./Ids.ts"

/** What one directory on the way up from the cwd holds. */
export interface Step {
  readonly directory: string
  /** `.pi/extensions/oracle.json`, `.oracle`, a `.pi` that is not the global one, or `AGENTS.md`. */
  readonly marked: boolean
  readonly git: boolean
  /** Home, an ancestor of home, or the root of the file system. */
  readonly forbidden: boolean
}

/** Chooses the root from the cwd and its ancestors, nearest first. Pure; null only for an empty walk. */
export const rootOf = (walk: ReadonlyArray<Step>): string | null => {
  const cwd = walk[0]?.directory ?? null
  for (const step of walk) {
    if (step.forbidden) return cwd
    if (step.marked || step.git) return step.directory
  }
  return cwd
}

/** The directory and its ancestors, nearest first. */
const ancestors = (path: Path.Path, directory: string): ReadonlyArray<string> => {
  const parent = path.dirname(directory)
  return parent === directory ? [directory] : [directory, ...ancestors(path, parent)]
}

const variable = (name: string) =>
  Effect.orElseSucceed(Effect.map(Config.option(Config.String(name)), Option.getOrNull), () => null)

/** Home directories and the global directory of pi, as far as the environment names them. */
const places = Effect.gen(function*() {
  const path = yield* Path.Path
  const fs = yield* FileSystem.FileSystem
  const real = (directory: string | null) =>
    directory === null || directory === ""
      ? Effect.succeed([])
      : Effect.map(Effect.orElseSucceed(fs.realPath(directory), () => path.resolve(directory)), (found) => [found])
  const homes = [...(yield* real(yield* variable("HOME"))), ...(yield* real(yield* variable("USERPROFILE")))]
  return { homes, pi: yield* real(yield* variable("PI_CODING_AGENT_DIR")) }
})

/** The project of a working directory; fails as `usage_error` when there is no such directory. */
export const projectOf: (
  cwd: string
) => Effect.Effect<ProjectId, OracleError, FileSystem.FileSystem | Path.Path> = Effect.fn("Project.projectOf")(
  function*(cwd: string) {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const start = yield* fs.realPath(cwd).pipe(
      Effect.mapError((cause) => oracleError("usage_error", `${cwd} is not a directory`, { cause }))
    )
    const { homes, pi } = yield* places
    const forbidden = new Set([...homes.flatMap((home) => ancestors(path, home)), path.parse(start).root])
    const exists = (...parts: ReadonlyArray<string>) =>
      Effect.orElseSucceed(fs.exists(path.join(...parts)), () => false)

    const marked = Effect.fnUntraced(function*(directory: string) {
      if (yield* exists(directory, ".oracle")) return true
      if (yield* exists(directory, "AGENTS.md")) return true
      const own = path.join(directory, ".pi")
      const global = pi.some((place) => place === own || place.startsWith(own + path.sep))
      return !global && (yield* exists(own))
    })

    const walk: Array<Step> = []
    for (const directory of ancestors(path, start)) {
      const step = forbidden.has(directory)
        ? { directory, marked: false, git: false, forbidden: true }
        : { directory, marked: yield* marked(directory), git: yield* exists(directory, ".git"), forbidden: false }
      walk.push(step)
      if (step.forbidden || step.marked || step.git) break
    }
    return ProjectId.make(rootOf(walk) ?? start)
  }
)
