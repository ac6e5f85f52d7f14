/** Where the command runs: the directory, its project, and the configuration that applies there. */
// @effect-diagnostics nodeBuiltinImport:off
import type { ConfigInput } from "@effect-oracle/core/config/OracleConfig"
import { projectOf } from "@effect-oracle/core/domain/Project"
import { oracleError } from "@effect-oracle/core/error/OracleError"
import * as Effect from "effect/Effect"
import { realpathSync } from "node:fs"

/** The real current directory. */
export const here = Effect.try({
  try: () => realpathSync(process.cwd()),
  catch: () =>
    oracleError("usage_error", "the current directory does not exist any more", { step: "change to another directory" })
})

/** Id of the project that the current directory belongs to. */
export const project = Effect.flatMap(here, projectOf)

/** The configuration that applies here; `overrides` is what the command's own options say. */
export const loadConfig = Effect.fn("Here.loadConfig")(function*(overrides?: ConfigInput) {
  const { load } = yield* Effect.promise(() => import("@effect-oracle/core/config/ConfigSources"))
  const root = yield* project
  return yield* load({ projectRoot: root, ...(overrides === undefined ? {} : { overrides }) })
})
