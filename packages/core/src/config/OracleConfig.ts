/** The one schema of the configuration: types, defaults, validation, JSON Schema and docs come from it (PRODUCT, section 12). */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { AccountName, SiteName } from "../domain/Ids.ts"
import { Preset } from "../domain/ModelSelection.ts"

const withDefault = <S extends Schema.Top>(schema: S, value: S["Encoded"]) =>
  schema.pipe(Schema.withDecodingDefaultKey(Effect.succeed(value)))

const described = <S extends Schema.Top>(
  schema: S,
  annotations: { readonly description: string; readonly default?: S["Type"] }
): S =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- annotating changes no type of a schema
  schema.annotate(annotations) as S

/** A key with a default; its JSON form equals its value. */
const key = <S extends Schema.Top>(schema: S, value: S["Encoded"] & S["Type"], description: string) =>
  withDefault(described(schema, { description, default: value }), value)

/** A key that may be absent. */
const optional = <S extends Schema.Top>(schema: S, description: string) =>
  Schema.optionalKey(described(schema, { description }))

const between = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

const ms = (value: number, description: string) =>
  key(between(1, 604_800_000), value, `${description}, in milliseconds`)

const bytes = between(1, Number.MAX_SAFE_INTEGER)

const text = Schema.NonEmptyString

/** The host runs in another directory than the command, so a relative path would mean two things. */
const AbsolutePath = Schema.String.check(
  Schema.isPattern(/^([/]|[A-Za-z]:[/\\]|\\\\)/u, { expected: "an absolute path" })
)

const HttpUrl = Schema.String.check(
  Schema.isPattern(/^https?:[/][/][^ /]+([/][^ ]*)?$/u, { expected: "an http or https URL" })
)

/** Whether job browsers show a window. */
export const RunMode = Schema.Literals(["headless", "headed"])
/** Formats that an archive can have. */
export const ArchiveFormat = Schema.Literals(["tar.zst", "tar.gz"])

/** Arguments that would break the isolation of the runtime browser (PRODUCT, section 12). */
const BrowserArg = Schema.String.check(
  Schema.isPattern(/^(?! *(--?|[/])(user-data-dir|remote-debugging-|remote-allow-origins))/u, {
    expected: "an argument that does not break the isolation of the browser"
  })
)

const Defaults = Schema.Struct({
  site: key(SiteName, "chatgpt", "Site that is asked when the command names none"),
  preset: key(Preset, "pro_extended", "Model and effort; `current` keeps what the page has"),
  account: withDefault(
    described(AccountName, {
      description: "Signed-in account that is used",
      default: AccountName.make("default")
    }),
    "default"
  )
})

const Browser = Schema.Struct({
  executablePath: optional(AbsolutePath, "Browser executable; found by itself when absent"),
  channel: optional(
    Schema.Literals(["chrome", "chrome-beta", "msedge", "chromium", "npm"]),
    "Browser to use; `npm` is the Chromium of the npm package, which shows no window"
  ),
  runMode: key(RunMode, "headless", "`headed` shows a window"),
  args: key(
    Schema.Array(BrowserArg),
    [],
    "Further arguments for the browser; those that break its isolation are refused"
  ),
  userAgent: optional(text, "User agent to send instead of the browser's own"),
  proxy: optional(text, "Proxy server of the browser, e.g. `http://127.0.0.1:3128`"),
  maxConcurrentJobs: key(between(1, 32), 2, "Jobs that run at the same time, over all processes"),
  cloneStrategy: key(
    Schema.Literals(["slim", "warm", "full"]),
    "slim",
    "How much of the seed profile each job copies: `slim` only what a login needs, `full` all of it"
  ),
  sandbox: key(
    Schema.Literals(["auto", "on", "off"]),
    "auto",
    "The browser's own sandbox; `auto` uses it where it works"
  ),
  seedProfilesDir: optional(AbsolutePath, "Directory of the seed profiles"),
  runtimeProfilesDir: optional(AbsolutePath, "Directory of the disposable clones")
})

/** `overrides` replaces parts of the site definition; the browser package checks its keys. */
const Site = Schema.Struct({
  baseUrl: optional(
    HttpUrl,
    "Another address of the site, such as a local server; every origin check follows it"
  ),
  overrides: optional(Schema.Record(Schema.String, Schema.Json), "Replaced parts of the site's definition")
})

const Sites = Schema.Struct({
  chatgpt: withDefault(Site, {}),
  grok: withDefault(Site, {}),
  practice: withDefault(Site, {})
})

const Auth = Schema.Struct({
  pollMs: ms(1000, "How often the sign-in window is looked at"),
  bootstrapTimeoutMs: ms(600_000, "How long a person may take to sign in"),
  chromeProfile: optional(text, "Profile of the local browser whose cookies are imported"),
  chromeCookiePath: optional(AbsolutePath, "Cookie file of the local browser")
})

const Worker = Schema.Struct({
  pollMs: ms(1000, "How often the page is observed"),
  completionTimeoutMs: ms(5_400_000, "Observation time for the answer"),
  cloneTimeoutMs: ms(60_000, "Limit of cloning the seed"),
  launchTimeoutMs: ms(60_000, "Limit of launching the browser"),
  readyTimeoutMs: ms(120_000, "Limit of reaching an authenticated, ready page"),
  modelTimeoutMs: ms(60_000, "Limit of selecting the model"),
  uploadTimeoutMs: ms(600_000, "Limit of uploading the archive"),
  sendTimeoutMs: ms(120_000, "Limit of filling the prompt and sending it"),
  extractTimeoutMs: ms(120_000, "Limit of reading the answer"),
  downloadTimeoutMs: ms(300_000, "Limit of each downloaded file"),
  teardownTimeoutMs: ms(15_000, "Limit of each release at the end of a job"),
  trace: key(
    Schema.Boolean,
    false,
    "Keep a trace of the browser in the diagnostics of a failed job; it holds pages, prompt and session cookies"
  )
})

const Poller = Schema.Struct({ intervalMs: ms(5000, "How often a listener looks for ended jobs") })

const Queue = Schema.Struct({
  maxJobs: key(between(1, 10_000), 100, "Queued jobs at most"),
  maxBytes: key(bytes, 5 * 1024 ** 3, "Bytes of the archives of queued jobs at most")
})

const Archive = Schema.Struct({
  exclude: key(Schema.Array(text), [], "Further patterns to leave out, written as in `.gitignore`"),
  keep: key(Schema.Boolean, false, "Keep the archive of a job that is complete or cancelled"),
  format: optional(ArchiveFormat, "Format of the archive; the site's own choice when absent"),
  maxBytes: optional(bytes, "Largest archive in bytes; the site's own ceiling stays the upper bound"),
  allowSecretFiles: key(
    Schema.Array(text),
    [],
    "Files, relative to the project, that may be sent although the secret scan finds something"
  )
})

const Submit = Schema.Struct({
  confirm: key(
    Schema.Literals(["always", "interactive", "never"]),
    "interactive",
    "When a person confirms what leaves the machine"
  )
})

const Artifacts = Schema.Struct({
  capture: key(Schema.Boolean, true, "Download the files of an answer"),
  maxBytes: key(bytes, 512 * 1024 ** 2, "Largest single file in bytes"),
  maxFiles: key(between(1, 1000), 100, "Files of one answer at most")
})

const day = 86_400_000
const retention = between(1, 3650 * day)

const Cleanup = Schema.Struct({
  completeJobRetentionMs: key(retention, 14 * day, "How long complete and cancelled jobs are kept, in milliseconds"),
  failedJobRetentionMs: key(retention, 30 * day, "How long failed jobs are kept, in milliseconds")
})

const Host = Schema.Struct({ idleMs: ms(60_000, "The host ends after this time without work") })

const Notify = Schema.Struct({
  desktop: key(Schema.Boolean, false, "Show a desktop notification when a job ends"),
  command: optional(
    Schema.Array(text).check(Schema.isMinLength(1)),
    "Program and arguments to run when a job ends; it gets JSON on standard input"
  )
})

const Telemetry = Schema.Struct({
  otlp: optional(
    HttpUrl,
    "Address of an OTLP collector (HTTP), e.g. `http://127.0.0.1:4318`, that gets the host's traces: names of steps, times, job ids and error codes; nothing is sent without it"
  )
})

/** The whole configuration, with a default for every key. */
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

/** What a file may say: every key may be absent. */
export type ConfigInput = typeof OracleConfig.Encoded

/** The configuration when no file and no variable says anything. */
export const defaultConfig: OracleConfig = Schema.decodeSync(OracleConfig)({})
