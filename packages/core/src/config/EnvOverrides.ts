/** Environment variables that stand above the files; the rest of the configuration has none. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Schema from "effect/Schema"

export interface EnvVariable {
  readonly name: string
  readonly path: ReadonlyArray<string>
  readonly integer?: true
}

export const envVariables: ReadonlyArray<EnvVariable> = [
  { name: "ORACLE_SITE", path: ["defaults", "site"] },
  { name: "ORACLE_PRESET", path: ["defaults", "preset"] },
  { name: "ORACLE_ACCOUNT", path: ["defaults", "account"] },
  { name: "ORACLE_BROWSER", path: ["browser", "executablePath"] },
  { name: "ORACLE_CHANNEL", path: ["browser", "channel"] },
  { name: "ORACLE_RUN_MODE", path: ["browser", "runMode"] },
  { name: "ORACLE_MAX_CONCURRENT_JOBS", path: ["browser", "maxConcurrentJobs"], integer: true },
  { name: "ORACLE_CONFIRM", path: ["submit", "confirm"] }
]

export interface EnvValue {
  readonly variable: EnvVariable
  readonly value: Schema.Json
}

/** A variable's text, or null when it is unset or empty. */
const readVariable = Effect.fnUntraced(function*(name: string) {
  const text = yield* Effect.orElseSucceed(Config.option(Config.String(name)), () => Option.none<string>())
  return Option.match(text, { onNone: () => null, onSome: (value) => value.trim() === "" ? null : value })
})

/** The variables that are set. Text that is not a number stays text, so that validation names it. */
export const readEnv: Effect.Effect<ReadonlyArray<EnvValue>> = Effect.map(
  Effect.forEach(envVariables, (variable) => Effect.map(readVariable(variable.name), (text) => ({ variable, text }))),
  (read) =>
    read.flatMap(({ variable, text }) =>
      text === null ? [] : [{ variable, value: variable.integer === true && /^\d+$/.test(text) ? Number(text) : text }]
    )
)
