/** The one schema of the configuration: types, defaults, validation and JSON Schema come from it (PRODUCT, section 12). */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { AccountName, SiteName } from "../domain/Ids.ts"
import { Preset } from "../domain/ModelSelection.ts"

const withDefault = <S extends Schema.Top>(schema: S, value: S["Encoded"]) =>
  schema.pipe(Schema.withDecodingDefaultKey(Effect.succeed(value)))

const ms = (value: number, description: string) =>
  withDefault(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 604_800_000 })).annotate({ description }), value)

const optional = Schema.optionalKey

export const RunMode = Schema.Literals(["headless", "headed"])
export const ArchiveFormat = Schema.Literals(["tar.zst", "tar.gz"])

/** Arguments that would break the isolation of the runtime browser (PRODUCT, section 12). */
const forbiddenArg = /^--(user-data-dir|remote-debugging-|remote-allow-origins)/

const BrowserArg = Schema.String.check(
  Schema.makeFilter((arg: string) =>
    forbiddenArg.test(arg) ? "an argument that does not break the isolation of the browser" : undefined
  )
)

const Defaults = Schema.Struct({
  site: withDefault(SiteName, "chatgpt"),
  preset: withDefault(Preset, "pro_extended"),
  account: withDefault(AccountName, "default")
})

const Browser = Schema.Struct({
  executablePath: optional(Schema.NonEmptyString),
  channel: optional(Schema.Literals(["chrome", "chrome-beta", "msedge", "chromium"])),
  runMode: withDefault(RunMode, "headless"),
  args: withDefault(Schema.Array(BrowserArg), []),
  userAgent: optional(Schema.NonEmptyString),
  proxy: optional(Schema.NonEmptyString),
  maxConcurrentJobs: withDefault(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 32 })), 2),
  cloneStrategy: withDefault(Schema.Literals(["slim", "warm", "full"]), "slim"),
  sandbox: withDefault(Schema.Literals(["auto", "on", "off"]), "auto"),
  seedProfilesDir: optional(Schema.NonEmptyString),
  runtimeProfilesDir: optional(Schema.NonEmptyString)
})

/** `overrides` replaces parts of the site definition; the browser package checks its keys. */
const Site = Schema.Struct({
  baseUrl: optional(Schema.String.check(Schema.isPattern(/^https?:\/\/[^\s/]+(\/[^\s]*)?$/))),
  overrides: optional(Schema.Record(Schema.String, Schema.Json))
})

const Sites = Schema.Struct({
  chatgpt: withDefault(Site, {}),
  grok: withDefault(Site, {}),
  practice: withDefault(Site, {})
})

const Auth = Schema.Struct({
  pollMs: ms(1000, "How often the sign-in window is looked at"),
  bootstrapTimeoutMs: ms(600_000, "How long a person may take to sign in"),
  chromeProfile: optional(Schema.NonEmptyString),
  chromeCookiePath: optional(Schema.NonEmptyString)
})

const Worker = Schema.Struct({
  pollMs: ms(1000, "How often the page is observed"),
  completionTimeoutMs: ms(5_400_000, "Observation time for the answer, 90 minutes by default"),
  cloneTimeoutMs: ms(60_000, "Limit of cloning the seed"),
  launchTimeoutMs: ms(60_000, "Limit of launching the browser"),
  readyTimeoutMs: ms(120_000, "Limit of reaching an authenticated, ready page"),
  modelTimeoutMs: ms(60_000, "Limit of selecting the model"),
  uploadTimeoutMs: ms(600_000, "Limit of uploading the archive"),
  sendTimeoutMs: ms(120_000, "Limit of filling the prompt and sending it"),
  extractTimeoutMs: ms(120_000, "Limit of reading the answer"),
  downloadTimeoutMs: ms(300_000, "Limit of each downloaded file"),
  teardownTimeoutMs: ms(15_000, "Limit of each release at the end of a job"),
  trace: withDefault(Schema.Boolean, false)
})

const Poller = Schema.Struct({ intervalMs: ms(5000, "How often a listener looks for ended jobs") })

const Queue = Schema.Struct({
  maxJobs: withDefault(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })), 100),
  maxBytes: withDefault(Schema.Int.check(Schema.isGreaterThan(0)), 5 * 1024 ** 3)
})

const Archive = Schema.Struct({
  exclude: withDefault(Schema.Array(Schema.NonEmptyString), []),
  keep: withDefault(Schema.Boolean, false),
  format: optional(ArchiveFormat),
  /** Largest archive in bytes; the site's own ceiling stays the upper bound. */
  maxBytes: optional(Schema.Int.check(Schema.isGreaterThan(0))),
  /** Files that may be sent although the secret scan finds something (global configuration only). */
  allowSecretFiles: withDefault(Schema.Array(Schema.NonEmptyString), [])
})

const Submit = Schema.Struct({ confirm: withDefault(Schema.Literals(["always", "interactive", "never"]), "interactive") })

const Artifacts = Schema.Struct({
  capture: withDefault(Schema.Boolean, true),
  /** Largest single file in bytes. */
  maxBytes: withDefault(Schema.Int.check(Schema.isGreaterThan(0)), 512 * 1024 ** 2),
  maxFiles: withDefault(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 })), 100)
})

const day = 86_400_000

const Cleanup = Schema.Struct({
  completeJobRetentionMs: withDefault(Schema.Int.check(Schema.isGreaterThan(0)), 14 * day),
  failedJobRetentionMs: withDefault(Schema.Int.check(Schema.isGreaterThan(0)), 30 * day)
})

const Host = Schema.Struct({ idleMs: ms(60_000, "The host ends after this time without work") })

const Notify = Schema.Struct({
  desktop: withDefault(Schema.Boolean, false),
  /** An argv array; the command gets JSON on standard input. */
  command: optional(Schema.Array(Schema.NonEmptyString).check(Schema.isMinLength(1)))
})

const Telemetry = Schema.Struct({ otlp: optional(Schema.NonEmptyString) })

export const OracleConfig = Schema.Struct({
  defaults: withDefault(Defaults, {}),
  browser: withDefault(Browser, {}),
  sites: withDefault(Sites, {}),
  auth: withDefault(Auth, {}),
  worker: withDefault(Worker, {}),
  poller: withDefault(Poller, {}),
  queue: withDefault(Queue, {}),
  archive: withDefault(Archive, {}),
  submit: withDefault(Submit, {}),
  artifacts: withDefault(Artifacts, {}),
  cleanup: withDefault(Cleanup, {}),
  host: withDefault(Host, {}),
  notify: withDefault(Notify, {}),
  telemetry: withDefault(Telemetry, {})
})
export type OracleConfig = typeof OracleConfig.Type

/** The configuration when no file and no variable says anything. */
export const defaultConfig: OracleConfig = Schema.decodeSync(OracleConfig)({})
