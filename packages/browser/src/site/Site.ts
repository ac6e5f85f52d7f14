/** The schema of a site definition: everything that drifts on a chat site, as data that configuration may replace. */
import { pageTopics } from "@effect-oracle/core/page/PageTopics"
import * as Schema from "effect/Schema"
import { labelNames, selectorNames } from "../page-script/names.ts"
import { recordOf } from "./recordOf.ts"

const RegExpSource = Schema.String.check(
  Schema.makeFilter((source: string) => {
    try {
      return RegExp(source, "iu") instanceof RegExp
    } catch {
      return "a regular expression"
    }
  })
)
const Selector = Schema.NonEmptyString
const Selectors = Schema.Array(Selector)
const Words = Schema.Array(RegExpSource)
const Path = Schema.String.check(Schema.isPattern(/^\//))
/** Scheme, host and port, without a path. */
const Origin = Schema.String.check(Schema.isPattern(/^https?:\/\/[^\s/?#]+$/))
const Milliseconds = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 3_600_000 }))

const record = <const K extends string, S extends Schema.Top>(
  names: ReadonlyArray<K>,
  schema: S
): Schema.Struct<{ readonly [P in K]: S }> => Schema.Struct(recordOf(names, () => schema))

const SiteSelectors = record(selectorNames, Selectors)

const SiteLabels = record(labelNames, Words)

const SiteTopics = record(pageTopics, Words)

const SitePaths = Schema.Struct({
  newChat: Path,
  /** Address of a new chat that the site keeps no copy of; null where it has none. */
  temporaryChat: Schema.NullOr(Path),
  conversation: RegExpSource,
  conversationUrl: Path.check(Schema.isIncluding("{id}")),
  transient: RegExpSource,
  auth: Schema.Array(Path),
  files: Words,
  session: Schema.NullOr(Path),
  me: Schema.NullOr(Path),
  anonymousIdPrefix: Schema.NonEmptyString,
  history: Schema.NullOr(Path),
  conversationApi: Schema.NullOr(Path),
  sandboxDownload: Schema.Array(Path),
  /** Paths of the request that sends a prompt. */
  send: Words,
  /** Paths of requests that carry an upload. */
  upload: Words
})

/** A level of the model picker. */
export const Tier = Schema.Literals(["instant", "thinking", "medium", "high", "extra_high", "pro"])
export type Tier = typeof Tier.Type

/** Words of the model picker: names of tiers and efforts per locale, and the entries that lead further. */
const SitePicker = Schema.Struct({
  tiers: record(Tier.literals, Schema.Array(Schema.NonEmptyString)),
  efforts: record(["light", "standard", "extended", "heavy"], Schema.Array(Schema.NonEmptyString)),
  /** Order of the steps of a slider. */
  sliderTiers: Schema.Array(Tier),
  configure: Words,
  advanced: Words,
  effort: Words,
  proEffort: Words,
  autoSwitch: Words,
  /** A row that lets the site decide between Instant and Thinking. */
  auto: Words,
  /** A row that leads to the versions or families. */
  model: Words
})

const SiteLimits = Schema.Struct({
  pickerMountMs: Milliseconds,
  pageReadyMs: Milliseconds,
  uploadAppearMs: Milliseconds,
  sendReadyMs: Milliseconds,
  sendProofMs: Milliseconds,
  swallowedClickMs: Milliseconds,
  downloadStartMs: Milliseconds,
  maxFiles: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 }))
})

const CookieRule = Schema.Struct({
  /** `.example.org` stands for the host and its sub-domains. */
  domain: Schema.NonEmptyString,
  /** `*` at the end stands for any rest. */
  name: Schema.NonEmptyString
})

/** Everything about a site that is data. */
export const SiteDefinition = Schema.Struct({
  name: Schema.Literals(["chatgpt", "grok", "practice"]),
  label: Schema.NonEmptyString,
  baseUrl: Schema.String.check(Schema.isPattern(/^https?:\/\/[^\s/]+(\/[^\s]*)?$/)),
  origins: Schema.Array(Origin),
  authOrigins: Schema.Array(Origin),
  fileHosts: Schema.Array(Schema.NonEmptyString),
  paths: SitePaths,
  cookies: Schema.Array(CookieRule),
  /** Names of the cookies that carry the login; `*` at the end stands for any rest. */
  sessionCookies: Schema.Array(Schema.NonEmptyString),
  selectors: SiteSelectors,
  labels: SiteLabels,
  topics: SiteTopics,
  turnIdAttributes: Schema.Array(Schema.NonEmptyString),
  picker: SitePicker,
  archive: Schema.Struct({
    format: Schema.Literals(["tar.zst", "tar.gz"]),
    maxBytes: Schema.Int.check(Schema.isGreaterThan(0))
  }),
  prompt: Schema.Struct({ maxChars: Schema.Int.check(Schema.isGreaterThan(0)) }),
  historyAuthoritative: Schema.Boolean,
  maxJobsPerAccount: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 32 })),
  limits: SiteLimits
})
export type SiteDefinition = typeof SiteDefinition.Type
