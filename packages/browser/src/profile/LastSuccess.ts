// @effect-diagnostics nodeBuiltinImport:off
/** Remembers beside a seed when a runtime of it was last seen signed in. */
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { readFileSync, renameSync, writeFileSync } from "node:fs"
import { fsFailure } from "./FsFailure.ts"
import type { SeedPaths } from "./SeedPaths.ts"

const Text = Schema.fromJsonString(Schema.Struct({ generation: Schema.Int, at: Schema.DateTimeUtcFromString }))
const encode = Schema.encodeSync(Text)
const decode = Schema.decodeUnknownOption(Text)

/** A time that cannot be written is only logged: nothing depends on it. */
export const record = (paths: SeedPaths, generation: number, at: DateTime.Utc): Effect.Effect<void> =>
  Effect.ignore(
    Effect.try({
      try: () => {
        writeFileSync(`${paths.lastSuccess}.new`, encode({ generation, at }), { mode: 0o600 })
        renameSync(`${paths.lastSuccess}.new`, paths.lastSuccess)
      },
      catch: fsFailure(`write ${paths.lastSuccess}`)
    }),
    { log: "Warn" }
  )

/** Null when no runtime of this generation has been seen signed in yet. */
export const read = (paths: SeedPaths, generation: number): DateTime.Utc | null => {
  try {
    const found = Option.getOrUndefined(decode(readFileSync(paths.lastSuccess, "utf8")))
    return found?.generation === generation ? found.at : null
  } catch {
    return null
  }
}
