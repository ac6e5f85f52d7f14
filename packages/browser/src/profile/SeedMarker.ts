// @effect-diagnostics nodeBuiltinImport:off
/** The file `seed.json` beside a seed profile: what it is, and that its sign-in was verified. */
import { AccountName, SiteName } from "@effect-oracle/core/domain/Ids"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { errnoOf } from "./FsFailure.ts"

export const SeedMarker = Schema.Struct({
  version: Schema.Literal(1),
  site: SiteName,
  account: AccountName,
  /** Rises with every sign-in. */
  generation: Schema.Int.check(Schema.isGreaterThan(0)),
  /** Rises when rotated cookies are merged back. */
  revision: Schema.Natural,
  createdAt: Schema.DateTimeUtcFromString,
  /** Masked, as people see it. */
  identity: Schema.NullOr(Schema.String),
  /** The site that it was verified against. */
  baseUrl: Schema.String,
  /** Fingerprint of the account, or null where the site does not tell who is signed in. */
  fingerprint: Schema.optionalKey(Schema.NullOr(Schema.String)),
  /** When the login ends by its own cookies; null where they do not say. */
  sessionExpiresAt: Schema.optionalKey(Schema.NullOr(Schema.DateTimeUtcFromString)),
  browser: Schema.Literals(["full", "headless_shell"])
})
export type SeedMarker = typeof SeedMarker.Type

const Text = Schema.fromJsonString(SeedMarker)
const encode = Schema.encodeSync(Text)
const decode = Schema.decodeUnknownOption(Text)

export const markerFile = "seed.json"

/** The marker of a seed folder; `absent` and `damaged` are told apart. */
export const readMarker = (directory: string): SeedMarker | "absent" | "damaged" => {
  try {
    return Option.getOrElse(decode(readFileSync(join(directory, markerFile), "utf8")), () => "damaged" as const)
  } catch (cause) {
    if (errnoOf(cause) === "ENOENT") return "absent"
    throw cause
  }
}

/** Written last, because a folder that has it is a finished seed. */
export const writeMarker = (directory: string, marker: SeedMarker): void => {
  const file = join(directory, markerFile)
  writeFileSync(`${file}.new`, encode(marker), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
