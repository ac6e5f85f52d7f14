/** Reads the effective configuration: defaults, the global file, the project's file, the environment, the command's options. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type OracleError, oracleError } from "../error/OracleError.ts"
import { StateDirs } from "../store/StateDirs.ts"
import { type Problem, problemsOf } from "./ConfigProblem.ts"
import { isObject, type JsonObject, leaves, merge, single } from "./ConfigTree.ts"
import { readEnv } from "./EnvOverrides.ts"
import { parse, type Position } from "./JsonText.ts"
import { type ConfigInput, defaultConfig, OracleConfig } from "./OracleConfig.ts"
import { projectPatch, projectProblems } from "./ProjectRules.ts"

/** Which sources apply. */
export interface LoadOptions {
  /** Root of the project whose `.oracle/config.json` applies; null for none. */
  readonly projectRoot: string | null
  /** What the command's own options say; stands above everything else. */
  readonly overrides?: ConfigInput
  /** Files of the surface that asks; each stands above the file of its scope, a project's above every global one. */
  readonly further?: ReadonlyArray<FurtherFile>
}

/** A file that is read besides the usual ones. */
export interface FurtherFile {
  readonly path: string
  /** A project's file is bound to what projects may set. */
  readonly scope: "global" | "project"
  /** Turns what the file says into our keys, before it is validated. */
  readonly translate: (file: JsonObject) => { readonly value: JsonObject; readonly ignored: ReadonlyArray<string> }
}

/** The effective configuration and where each value is from. */
export interface LoadedConfig {
  readonly config: OracleConfig
  /** For each key of `config`: `default`, the path of a file, the name of an environment variable, or `option`. */
  readonly origins: Readonly<Record<string, string>>
  /** The files that were read, global first. */
  readonly files: ReadonlyArray<string>
  /** Keys of further files that have no effect, each with the file and the reason. */
  readonly ignored: ReadonlyArray<string>
}

const maxFileBytes = 1024 * 1024
const encode = Schema.encodeSync(OracleConfig)
const decode = Schema.decodeUnknownSync(OracleConfig)

/**
 * Fails as `config_invalid`, naming file, line, column and key of everything that is wrong, or the variable. A file
 * that does not exist counts as empty.
 */
export const load = Effect.fn("ConfigSources.load")(function*(
  options: LoadOptions
): Effect.fn.Return<LoadedConfig, OracleError, FileSystem.FileSystem | Path.Path | StateDirs> {
  const path = yield* Path.Path
  const dirs = yield* StateDirs
  const globalFile = path.resolve(dirs.globalConfigFile)
  const projectFile = options.projectRoot === null ? null : path.join(options.projectRoot, ".oracle", "config.json")

  let tree: JsonObject = encode(defaultConfig)
  const origins = new Map(leaves(tree).map(({ key }) => [key, "default"]))
  const files: Array<string> = []
  const apply = (patch: JsonObject, origin: string) => {
    tree = merge(tree, patch)
    for (const { key } of leaves(patch)) origins.set(key, origin)
  }

  const ignored: Array<string> = []
  const read = Effect.fnUntraced(function*(file: string, scope: FurtherFile["scope"], further?: FurtherFile) {
    const content = yield* readSource(file, {
      further: (value) => scope === "global" ? [] : projectProblems(value, tree),
      translate: (value) => {
        const translated = further?.translate(value)
        ignored.push(...(translated?.ignored ?? []).map((line) => `${file}: ${line}`))
        return translated?.value ?? value
      }
    })
    if (content === null) return
    files.push(file)
    apply(scope === "global" ? content : projectPatch(content, tree), file)
  })
  const readFurther = (scope: FurtherFile["scope"]) =>
    Effect.forEach(
      (options.further ?? []).filter((further) => further.scope === scope),
      (further) => read(path.resolve(further.path), scope, further),
      { discard: true }
    )

  yield* read(globalFile, "global")
  yield* readFurther("global")
  if (projectFile !== null && path.resolve(projectFile) !== globalFile) yield* read(projectFile, "project")
  yield* readFurther("project")

  for (const { value, variable } of yield* readEnv) {
    const patch = single(variable.path, value)
    yield* refuse(problemsOf(patch), () => variable.name)
    apply(patch, variable.name)
  }

  if (options.overrides !== undefined) {
    const patch = options.overrides as JsonObject
    yield* refuse(problemsOf(patch), () => "option")
    apply(patch, "option")
  }

  return { config: decode(tree), origins: Object.fromEntries(origins), files, ignored }
})

/** The validated content of a file, or null when there is none. */
const readSource = Effect.fnUntraced(function*(
  file: string,
  { further, translate }: {
    readonly further: (value: JsonObject) => ReadonlyArray<Problem>
    readonly translate: (value: JsonObject) => JsonObject
  }
): Effect.fn.Return<JsonObject | null, OracleError, FileSystem.FileSystem> {
  const text = yield* readText(file)
  if (text === null) return null
  const parsed = parse(text)
  if (Result.isFailure(parsed)) {
    const { message, ...position } = parsed.failure
    return yield* oracleError("config_invalid", `${at(file, position)}: not valid JSON: ${message}`, {
      facts: { file, ...position }
    })
  }
  const { positionOf } = parsed.success
  const value = isObject(parsed.success.value) ? translate(parsed.success.value) : parsed.success.value
  yield* refuse(problemsOf(value), (problem) => at(file, positionOf(problem.path)))
  if (!isObject(value)) return {}
  yield* refuse(further(value), (problem) => at(file, positionOf(problem.path)))
  return value
})

const at = (file: string, { column, line }: Position) => `${file}:${line}:${column}`

const refuse = (
  problems: ReadonlyArray<Problem>,
  where: (problem: Problem) => string
): Effect.Effect<void, OracleError> =>
  problems.length === 0 ? Effect.void : Effect.fail(
    oracleError("config_invalid", problems.map((problem) => `${where(problem)}: ${problem.message}`).join("\n"), {
      facts: { problems: problems.map((problem) => ({ where: where(problem), key: problem.path.join(".") })) }
    })
  )

const readText = Effect.fnUntraced(
  function*(file: string) {
    const fs = yield* FileSystem.FileSystem
    const info = yield* fs.stat(file)
    if (info.type !== "File") return yield* oracleError("config_invalid", `${file} is not a file`)
    if (Number(info.size) > maxFileBytes) return yield* oracleError("config_invalid", `${file} is larger than 1 MiB`)
    return yield* fs.readFileString(file)
  },
  (effect, file) =>
    Effect.catchTag(effect, "PlatformError", (error) =>
      error.reason._tag === "NotFound"
        ? Effect.succeed(null)
        : Effect.fail(oracleError("config_invalid", `${file} cannot be read: ${error.reason._tag}`, { cause: error })))
)
